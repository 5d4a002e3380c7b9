namespace ShortsDaemon.Media.Encoders;

/// <summary>What is known of one encoder.</summary>
/// <param name="Since">When it was tried or demoted.</param>
/// <param name="DemotedUntil">Set while it is out after a failure in production; its next trial clears it.</param>
internal sealed record Standing(TrialResult Trial, DateTimeOffset Since, DateTimeOffset? DemotedUntil = null)
{
    // A driver may be installed meanwhile; a machine without any encoder is worth a look more often.
    private static readonly TimeSpan HardwareRetry = TimeSpan.FromHours(24);
    private static readonly TimeSpan SoftwareRetry = TimeSpan.FromMinutes(1);

    public bool IsUsable => Trial.Works && DemotedUntil is null;

    /// <summary>A time before <see cref="Since"/> means that the clock was wrong then: try now.</summary>
    public bool NeedsTrial(bool isHardware, DateTimeOffset now)
    {
        var retryAt = DemotedUntil ?? Since + (isHardware ? HardwareRetry : SoftwareRetry);
        return !IsUsable && (now < Since || now >= retryAt);
    }
}

/// <summary>What trials depend on; when any of it changes they are worth nothing.</summary>
/// <param name="Tool">Absolute path of ffmpeg.</param>
/// <param name="Version">First line of `ffmpeg -version`.</param>
/// <param name="Drivers">See <see cref="DriverFingerprint"/>.</param>
/// <param name="Arguments">Checksum of the arguments that were tried.</param>
internal sealed record TrialKey(string Tool, string Version, string Drivers, string Arguments);
