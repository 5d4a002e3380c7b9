using ShortsDaemon.Media;
using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Pipeline.Gate;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>Looks at the channel's music. What cannot be had is left out and told; the Short is made all the same.</summary>
public sealed class MusicStep(MediaProbe probe, RecordingSound sound)
{
    // No Short is longer, so no more of it is heard.
    private static readonly Cut Heard = new(TimeSpan.Zero, TimeSpan.FromSeconds(ShortLength.Longest), "")
    {
        EndsEarly = true,
    };

    /// <param name="render">What the owner wants.</param>
    /// <param name="remarks">Takes why there is none, in words.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null: there is none.</returns>
    public async Task<Music?> FindAsync(RenderOptions render, List<string> remarks, CancellationToken cancel)
    {
        var path = render.Music;
        if (path.Length == 0)
            return null;
        try
        {
            if ((await probe.ProbeAsync(path, cancel)).Sound is not { } stream)
                return LeaveOut("it holds no sound");
            var loudness = await sound.MeasureAsync(path, stream, Heard, cancel);
            return loudness.IsSilent
                ? LeaveOut("nothing is heard in it")
                : new Music(path, stream.Index, loudness.Integrated, render.MusicDb);
        }
        catch (Exception e) when (e is RefusedMediaException or IOException or UnauthorizedAccessException)
        {
            return LeaveOut(e.Message);
        }

        Music? LeaveOut(string reason)
        {
            remarks.Add($"no music: '{path}' (Render:Music) cannot be used: {reason}");
            return null;
        }
    }
}
