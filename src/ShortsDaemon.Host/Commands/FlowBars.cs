using System.Collections.Concurrent;
using ShortsDaemon.Pipeline.Flow;
using Spectre.Console;

namespace ShortsDaemon.Host.Commands;

/// <summary>Shows items on their way: bars on a terminal, a line for each ended stage elsewhere; on standard error.</summary>
internal sealed class FlowBars : IDisposable
{
    private readonly FlowEvents _events;
    private readonly ConcurrentDictionary<ItemId, ProgressTask> _bars = new();
    private readonly TerminalProgress? _terminal;

    public FlowBars(FlowEvents events, bool quiet)
    {
        _events = events;
        if (quiet)
            return;
        _terminal = TerminalProgress.Start();
        events.Happened += Show;
    }

    public void Dispose()
    {
        _events.Happened -= Show;
        _terminal?.Dispose();
    }

    private void Show(FlowEvent happened)
    {
        if (_terminal is { IsShown: true })
            Move(_terminal, happened);
        else if (_terminal is null && happened is FlowEvent.StageEnded(var item, var stage, var result, var took))
            Console.Error.WriteLine($"{item.Title}: {stage} {result} in {took.TotalSeconds:0.0} s");
    }

    private void Move(TerminalProgress terminal, FlowEvent happened)
    {
        var (id, title) = (happened.Item.Id, happened.Item.Title);
        var bar = _bars.GetOrAdd(id, _ => terminal.Add(title));
        switch (happened)
        {
            case FlowEvent.StageStarted(var item, var stage):
                bar.Description = Markup.Escape($"{item.Title}: {stage}");
                break;
            case FlowEvent.StageProgressed(_, _, var progress):
                bar.Value = progress.Percent;
                break;
            case FlowEvent.StageEnded(var item, _, _, _) when item.State.IsEnd:
                bar.Value = 100;
                bar.Description = Markup.Escape($"{item.Title}: {item.State}");
                bar.StopTask();
                break;
        }
    }
}
