using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>ffmpeg and ffprobe are there, run, and are what their names say.</summary>
internal sealed class ToolsCheck : DoctorCheck
{
    public override string Name => "tools";

    public override async Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel)
    {
        var tools = patient.Options.Tools;
        return
        [
            await LookAsync(patient, "ffmpeg", tools.FFmpeg, "Tools:FFmpeg", cancel),
            await LookAsync(patient, "ffprobe", tools.FFprobe, "Tools:FFprobe", cancel),
        ];
    }

    private static async Task<DoctorLine> LookAsync(
        Patient patient,
        string name,
        string configured,
        string key,
        CancellationToken cancel
    )
    {
        var mend = $"Install ffmpeg (apt-get install ffmpeg, dnf install ffmpeg, brew install ffmpeg) or set {key}.";
        try
        {
            var path = ToolPath.Require(configured);
            var first = (await ToolAnswer.OfAsync(patient, path, ["-version"], cancel)).FirstOrDefault("");
            return first.StartsWith($"{name} version", StringComparison.Ordinal)
                ? DoctorLine.Ok(name, $"{path}, {first.Split(" Copyright")[0]}")
                : DoctorLine.Fail(name, $"'{path}' is not {name}: -version said '{first}'", mend);
        }
        catch (ProcessFailedException e)
        {
            return DoctorLine.Fail(name, e.Message, mend);
        }
    }
}
