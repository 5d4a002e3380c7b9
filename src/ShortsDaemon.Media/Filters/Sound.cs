using System.Globalization;

namespace ShortsDaemon.Media.Filters;

/// <summary>Filters for the sound of the Short.</summary>
internal static class Sound
{
    public const int SampleRate = 48000;

    // 192 kHz lets the limiter see the peaks between samples; -2 dBFS leaves AAC its overshoot below -1 dBTP.
    private const int LimiterRate = 192000;
    private const string Ceiling = "0.794";

    /// <summary>48 kHz stereo that starts with the picture and has no holes.</summary>
    public const string Normalise =
        "aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo";

    /// <param name="gainDb">Change of level in dB before the limiter.</param>
    /// <returns>level=0 matters: the limiter would otherwise raise everything to full scale.</returns>
    public static string Level(double gainDb) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"volume={gainDb:0.##}dB,aresample={LimiterRate},alimiter=limit={Ceiling}:level=0:attack=5:release=50,aresample={SampleRate},aformat=sample_fmts=fltp:channel_layouts=stereo"
        );

    /// <summary>As loud as <see cref="Level"/> within a tenth of a LU, in a third of the time; its peaks are not looked at.</summary>
    /// <param name="gainDb">Change of level in dB before the limiter.</param>
    public static string RoughLevel(double gainDb) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"volume={gainDb:0.##}dB,alimiter=limit={Ceiling}:level=0:attack=5:release=50"
        );

    /// <summary>Silence at the end, as long as the picture lasts.</summary>
    public static string PadTo(TimeSpan length) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"apad=whole_dur={length.TotalSeconds:0.######},atrim=end={length.TotalSeconds:0.######}"
        );
}
