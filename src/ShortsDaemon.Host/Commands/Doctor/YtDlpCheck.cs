using System.Globalization;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>yt-dlp is there and young enough, where a channel needs it.</summary>
internal sealed class YtDlpCheck : DoctorCheck
{
    private const string Install =
        "Install it with `pipx install yt-dlp` or `brew install yt-dlp`, or set Tools:YtDlp.";

    public override string Name => "yt-dlp";

    public override async Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel)
    {
        if (!ClipDownload.NeedsYtDlp(patient.Options))
            return [Ok("no channel needs it")];
        try
        {
            var path = ToolPath.Require(patient.Options.Tools.YtDlp);
            var said = (await ToolAnswer.OfAsync(patient, path, ["--version"], cancel)).FirstOrDefault("");
            return [Judge(path, said, patient.Time.GetUtcNow())];
        }
        catch (ProcessFailedException e)
        {
            return [Fail(e.Message, Install)];
        }
    }

    private DoctorLine Judge(string path, string version, DateTimeOffset now)
    {
        if (YtDlpVersion.DayOf(version) is not { } day)
            return Fail($"'{path}' is not yt-dlp: --version said '{version}'", Install);
        var age = DateOnly.FromDateTime(now.UtcDateTime).DayNumber - day.DayNumber;
        var finding = string.Create(CultureInfo.InvariantCulture, $"{path}, version {version}, {age} days old");
        return day < YtDlpVersion.Oldest
            ? Warn(
                $"{finding}: older than {YtDlpVersion.Oldest:yyyy-MM}, it rarely works with Twitch",
                $"Mend: {YtDlpVersion.Mend}."
            )
            : Ok(finding);
    }
}
