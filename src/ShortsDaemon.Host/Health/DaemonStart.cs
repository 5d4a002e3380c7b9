namespace ShortsDaemon.Host.Health;

/// <summary>When this process began: what should have happened before is not its fault.</summary>
internal sealed record DaemonStart(DateTimeOffset At);
