namespace ShortsDaemon.Pipeline.Configuration;

/// <summary>What is wrong with a cron expression.</summary>
/// <param name="What">In words.</param>
/// <param name="IsOver">It was right once, and its last time has passed: nothing that should keep a daemon from starting.</param>
public sealed record CronProblem(string What, bool IsOver = false);
