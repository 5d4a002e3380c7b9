namespace ShortsDaemon.Host;

/// <summary>
/// Keeps an answer for a moment and lets all who ask meanwhile share it, so that asking often costs nothing. Past half of
/// its time the next one is looked for while the old is still given, so that who asks often never waits.
/// </summary>
/// <param name="look">Finds the answer.</param>
/// <param name="fresh">How long it is kept.</param>
/// <param name="time">Clock.</param>
internal sealed class Recent<T>(Func<Task<T>> look, TimeSpan fresh, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Task<Answer>? _answer;
    private Task<Answer>? _next;

    /// <summary>The answer, at most so old.</summary>
    public async Task<T> ReadAsync() => (await Current()).Value;

    /// <summary>What is known, or is being found out, counts no more.</summary>
    public void Forget()
    {
        lock (_lock)
            (_answer, _next) = (null, null);
    }

    private Task<Answer> Current()
    {
        lock (_lock)
        {
            if (_next is { IsCompleted: true })
                (_answer, _next) = (_next, null);
            var age = AgeOf(_answer);
            if (age < fresh / 2)
                return _answer!;
            _next ??= Task.Run(LookAsync);
            return age < fresh ? _answer! : _next;
        }
    }

#pragma warning disable RS0030 // Result of a task that has ended blocks nobody
    private TimeSpan AgeOf(Task<Answer>? answer) =>
        answer is { IsCompletedSuccessfully: true } ? time.GetElapsedTime(answer.Result.At) : TimeSpan.MaxValue;
#pragma warning restore RS0030

    private async Task<Answer> LookAsync() => new(await look(), time.GetTimestamp());

    private sealed record Answer(T Value, long At);
}
