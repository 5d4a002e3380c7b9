namespace ShortsDaemon.Host;

/// <summary>Keeps an answer for a moment and lets all who ask meanwhile share it, so that asking often costs nothing.</summary>
/// <param name="look">Finds the answer.</param>
/// <param name="fresh">How long it is kept.</param>
/// <param name="time">Clock.</param>
internal sealed class Recent<T>(Func<Task<T>> look, TimeSpan fresh, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Task<Answer>? _answer;

    /// <summary>The answer, at most so old.</summary>
    public async Task<T> ReadAsync() => (await Current()).Value;

    /// <summary>What is known, or is being found out, counts no more.</summary>
    public void Forget()
    {
        lock (_lock)
            _answer = null;
    }

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
        answer.IsCompleted && (!answer.IsCompletedSuccessfully || time.GetElapsedTime(answer.Result.At) >= fresh);
#pragma warning restore RS0030

    private async Task<Answer> LookAsync() => new(await look(), time.GetTimestamp());

    private sealed record Answer(T Value, long At);
}
