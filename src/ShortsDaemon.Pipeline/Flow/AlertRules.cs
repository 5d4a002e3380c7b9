namespace ShortsDaemon.Pipeline.Flow;

/// <summary>The names of all rules that raise alerts, to choose from in the configuration.</summary>
public static class AlertRules
{
    public const string RunFailed = nameof(RunFailed);
    public const string NoSuccessfulRun = nameof(NoSuccessfulRun);
    public const string ConfigurationInvalid = nameof(ConfigurationInvalid);

    public static IReadOnlyList<string> All { get; } =
    [
        RunFailed,
        NoSuccessfulRun,
        ConfigurationInvalid,
        "BreakerOpen",
        "BroadcasterGone",
        "ChannelMismatch",
        "CredentialRevoked",
        "CredentialUnusable",
        "DatabaseDamaged",
        "DestinationRefused",
        "DiskFull",
        "DiskLow",
        "ExtractorOutdated",
        "HungRun",
        "JobFailed",
        "PrivacyMismatch",
        "PublishLocked",
        "QuotaEmpty",
        "ScopeMissing",
        "TokenExpiring",
        "UploadLimit",
        "UploadUnseen",
        "UploadsUnreadable",
    ];
}
