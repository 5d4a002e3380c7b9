using ShortsDaemon.Media.Commands;
using Spectre.Console;

namespace ShortsDaemon.Host.Commands;

/// <summary>Progress of one encode: a bar on a terminal, a line each ten percent elsewhere; on standard error.</summary>
internal sealed class EncodeBar(string name, bool quiet) : IDisposable
{
    private const int Step = 10;

    private readonly TerminalProgress? _terminal = quiet ? null : TerminalProgress.Start();
    private ProgressTask? _bar;
    private int _told;

    public void Show(EncodeProgress progress)
    {
        if (_terminal is { IsShown: true })
            Move(_bar ??= _terminal.Add(name), progress);
        else if (_terminal is null && !quiet && progress.Percent >= _told + Step)
            Tell(progress);
    }

    public void Dispose() => _terminal?.Dispose();

    private void Move(ProgressTask bar, EncodeProgress progress)
    {
        bar.Value = progress.Percent;
        if (progress is { Speed: { } speed, Left: { } left })
            bar.Description = Markup.Escape($"{name} {speed:0.0}x, {left:mm\\:ss} left");
    }

    private void Tell(EncodeProgress progress)
    {
        _told = (int)progress.Percent / Step * Step;
        Console.Error.WriteLine($"{name}: {_told} %{(progress.Speed is { } speed ? $", {speed:0.0}x" : "")}");
    }
}
