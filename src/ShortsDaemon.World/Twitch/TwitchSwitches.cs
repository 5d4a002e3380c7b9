namespace ShortsDaemon.World.Twitch;

/// <summary>How the fake Twitch behaves. Everything may be set while the world runs.</summary>
public sealed class TwitchSwitches
{
    /// <summary>Size of each token's bucket, in points. A changed size begins with full buckets.</summary>
    public int RatePoints { get; set; } = 800;

    /// <summary>Time in which an empty bucket becomes full.</summary>
    public TimeSpan RateRefill { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Calls of clips/downloads per minute, a limit of its own.</summary>
    public int DownloadsPerMinute { get; set; } = 100;

    public TimeSpan AppTokenLife { get; set; } = TimeSpan.FromSeconds(5011271);

    public TimeSpan UserTokenLife { get; set; } = TimeSpan.FromHours(4);

    /// <summary>The application is a public client: it has no secret, and a refresh works without one.</summary>
    public bool PublicClient { get; set; }

    /// <summary>A refresh token that is used a second time costs the user's whole authorisation.</summary>
    public bool ReusedRefreshRevokes { get; set; } = true;

    /// <summary>Who confirms the device login in the browser. Null: nobody yet.</summary>
    public string? DeviceLogin { get; set; }

    /// <summary>How often a device login is polled in vain before the confirmation shows.</summary>
    public int DevicePendingPolls { get; set; } = 1;

    /// <summary>Seconds that a device login is to wait between two polls.</summary>
    public int DeviceInterval { get; set; } = 1;

    /// <summary>Validate says "scopes": null.</summary>
    public bool NullScopes { get; set; }

    /// <summary>Token answers of the device flow have no scope.</summary>
    public bool OmitScope { get; set; }

    /// <summary>Most clips that one query gives.</summary>
    public int ClipCap { get; set; } = 1000;

    /// <summary>After the cap the old clips come again, with new cursors, for ever.</summary>
    public bool RepeatAfterCap { get; set; }

    /// <summary>Queries over a longer window omit every third clip. Null: none do.</summary>
    public TimeSpan? OmitInWindowsOver { get; set; }

    /// <summary>Also short windows omit one clip of so many, each window others. 0: none do.</summary>
    public int OmitOneOf { get; set; }

    /// <summary>Views move while somebody pages: each page repeats the last clip of the one before and omits one of its own.</summary>
    public bool PagesOverlap { get; set; }

    /// <summary>How long a signed file URL works.</summary>
    public TimeSpan FileUrlLife { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The file server ignores Range and answers 200 with everything.</summary>
    public bool NoRange { get; set; }
}
