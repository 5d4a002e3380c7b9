using Spectre.Console;

namespace ShortsDaemon.Host.Commands;

/// <summary>Progress bars on standard error while it is a terminal, and gone before the next line is printed.</summary>
internal sealed class TerminalProgress : IDisposable
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _shown;
    private volatile ProgressContext? _bars;

    private TerminalProgress() =>
        _shown = AnsiConsole
            .Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            .Progress()
            .AutoClear(true)
            .StartAsync(ShowAsync);

    /// <returns>Null when standard error is no terminal.</returns>
    public static TerminalProgress? Start() => Console.IsErrorRedirected ? null : new TerminalProgress();

    /// <summary>False for the first moment; bars can be added from then on.</summary>
    public bool IsShown => _bars is not null;

    /// <exception cref="InvalidOperationException">It is not shown yet.</exception>
    public ProgressTask Add(string text) =>
        (_bars ?? throw new InvalidOperationException("the bars are not shown yet")).AddTask(Markup.Escape(text));

    public void Dispose()
    {
        _done.TrySetResult();
        _shown.Wait(LongestEnd);
    }

    private Task ShowAsync(ProgressContext bars)
    {
        _bars = bars;
        return _done.Task;
    }
}
