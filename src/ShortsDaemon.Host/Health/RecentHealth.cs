using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ShortsDaemon.Host.Health;

/// <summary>Keeps an answer for a moment and lets all who ask meanwhile share it, so that polling costs nothing.</summary>
internal sealed class RecentHealth(HealthCheckService checks, HealthLog log, TimeProvider time)
{
    internal static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task<Answer>? _answer;

    /// <summary>Every check's result, at most <see cref="Fresh"/> old.</summary>
    public async Task<HealthReport> ReadAsync() => (await Current()).Report;

    private Task<Answer> Current()
    {
        lock (_lock)
        {
            if (_answer is null || IsOver(_answer))
                _answer = Task.Run(LookAsync);
            return _answer;
        }
    }

#pragma warning disable RS0030 // Result of a task that has ended blocks nobody
    private bool IsOver(Task<Answer> answer) =>
        answer.IsCompleted && (!answer.IsCompletedSuccessfully || time.GetElapsedTime(answer.Result.At) >= Fresh);
#pragma warning restore RS0030

    // Nobody's token: one who goes away must not take the answer from the others.
    private async Task<Answer> LookAsync()
    {
        var report = await checks.CheckHealthAsync(CancellationToken.None);
        log.Tell(report);
        return new Answer(report, time.GetTimestamp());
    }

    private sealed record Answer(HealthReport Report, long At);
}
