namespace ShortsDaemon.Media.SafeZones;

/// <summary>Whose buttons and texts lie over a Short.</summary>
public enum Platform
{
    YouTubeShorts,
    InstagramReels,
    TikTok,
}
