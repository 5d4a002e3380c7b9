using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>The checklist, in the order in which a person would mend things.</summary>
internal static class DoctorChecks
{
    /// <summary>Needs nothing from the configuration.</summary>
    private static readonly DoctorCheck[] OfTheMachine =
    [
        new ConfigurationCheck(),
        new ClockCheck(),
        new TimeSyncCheck(),
        new TimeZoneCheck(),
        new SleepCheck(),
        new SystemToolsCheck(),
        new SqliteCheck(),
    ];

    private static readonly DoctorCheck[] OfTheConfigured =
    [
        new DataDirectoryCheck(),
        new DiskSpaceCheck(),
        new DatabaseCheck(),
        new BackupsCheck(),
        new ToolsCheck(),
        new YtDlpCheck(),
        new FiltersCheck(),
        new CaptionsCheck(),
        new EncodersCheck(),
        new FaceModelCheck(),
        new SourceFoldersCheck(),
        new DestinationFoldersCheck(),
        new CredentialsCheck(),
        new TwitchCheck(),
        new ProvidersCheck(),
        new YouTubeCheck(),
        new QuotaCheck(),
        new HoldsCheck(),
        new ReceiversCheck(),
        new SchedulesCheck(),
        new ServiceCheck(),
        new DaemonCheck(),
        new PortCheck(),
    ];

    public static async Task<IReadOnlyList<DoctorLine>> RunAsync(Patient patient, CancellationToken cancel)
    {
        List<DoctorLine> lines = [];
        foreach (var check in OfTheMachine)
            lines.AddRange(await LookAsync(check, patient, cancel));
        if (patient.IsLegible)
            foreach (var check in OfTheConfigured)
                lines.AddRange(await LookAsync(check, patient, cancel));
        else
            lines.Add(
                DoctorLine.Warn(
                    "everything else",
                    $"not looked at: {string.Join(", ", OfTheConfigured.Select(check => check.Name))}",
                    "Mend the configuration file and ask again."
                )
            );
        return lines;
    }

    private static async Task<IReadOnlyList<DoctorLine>> LookAsync(
        DoctorCheck check,
        Patient patient,
        CancellationToken cancel
    )
    {
        try
        {
            return await check.LookAsync(patient, cancel);
        }
        catch (ProcessFailedException e)
        {
            return
            [
                DoctorLine.Fail(check.Name, e.Message, "Install ffmpeg again, or set Tools:FFmpeg to another one."),
            ];
        }
#pragma warning disable CA1031 // a check that breaks is a finding, too, and must not hide the others
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return
            [
                DoctorLine.Fail(check.Name, $"it could not be looked at: {e.Message}", "See what the message says."),
            ];
        }
    }
}
