using System.Text.RegularExpressions;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>ffmpeg can be built without the parts that a Short needs.</summary>
internal sealed partial class FiltersCheck : DoctorCheck
{
    private static readonly string[] Pictures =
    [
        .. (string[])
            [
                "bwdif",
                "concat",
                "crop",
                "format",
                "fps",
                "gblur",
                "hstack",
                "overlay",
                "pad",
                "scale",
                "select",
                "sendcmd",
                "setparams",
                "setpts",
                "setsar",
            ],
        .. (string[])["ass", "split", "testsrc2", "thumbnail", "tonemap", "trim", "vstack", "xfade", "zscale"],
        .. (string[])["blackdetect", "freezedetect", "framestep", "metadata", "nullsink", "scdet", "signalstats"],
        .. (string[])["sobel"],
    ];

    private static readonly string[] Sounds =
    [
        .. (string[])["acrossfade", "afade", "aformat", "alimiter", "amix", "anullsrc", "apad", "aresample", "asetpts"],
        .. (string[])["asplit", "atrim", "ebur128", "sidechaincompress", "silencedetect", "volume"],
    ];

    internal static readonly string[] Needed = [.. Pictures, .. Sounds];

    public override string Name => "ffmpeg parts";

    public override async Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel)
    {
        var ffmpeg = patient.Options.Tools.FFmpeg;
        var filters = await ToolAnswer.OfAsync(patient, ffmpeg, ["-hide_banner", "-filters"], cancel);
        var encoders = await ToolAnswer.OfAsync(patient, ffmpeg, ["-hide_banner", "-encoders"], cancel);
        return [Judge(filters, encoders)];
    }

    internal DoctorLine Judge(IEnumerable<string> filterLines, IEnumerable<string> encoderLines)
    {
        var filters = Names(filterLines, FilterLine());
        List<string> missing = [.. Needed.Where(name => !filters.Contains(name)).Select(name => $"filter {name}")];
        if (!Names(encoderLines, SoundEncoderLine()).Contains("aac"))
            missing.Add("encoder aac");
        return missing.Count == 0
            ? Ok($"all {Needed.Length} filters and the AAC encoder are there")
            : Fail(
                $"this ffmpeg lacks: {string.Join(", ", missing)}",
                "Use a full build (with libzimg), or set Tools:FFmpeg to one."
            );
    }

    private static HashSet<string> Names(IEnumerable<string> lines, Regex pattern) =>
        lines
            .Select(line => pattern.Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups["name"].Value)
            .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"^\s*[A-Z.]{2,3}\s+(?<name>\w+)\s+\S+->\S+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FilterLine();

    [GeneratedRegex(@"^\s*A[A-Z.]{5}\s+(?<name>[\w-]+)\s", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SoundEncoderLine();
}
