using System.Globalization;
using System.Text;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Media.Framing;

/// <summary>Writes where the cut stands as commands for ffmpeg's sendcmd.</summary>
internal static class CameraCommands
{
    /// <param name="rate">Frames per second of the Short.</param>
    /// <param name="lefts">Left edge of the cut in px, frame by frame.</param>
    /// <returns>One line for each frame in which the cut has moved.</returns>
    public static string Of(FrameRate rate, IReadOnlyList<int> lefts)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < lefts.Count; i++)
            if (i == 0 || lefts[i] != lefts[i - 1])
                lines.Append(CultureInfo.InvariantCulture, $"{TimeOf(i, rate):0.######} crop@camera x {lefts[i]};\n");
        return lines.ToString();
    }

    // Between two frames: no rounding can make a command late by one.
    private static double TimeOf(int frame, FrameRate rate) => Math.Max(0, (frame - 0.5) / rate.PerSecond);
}
