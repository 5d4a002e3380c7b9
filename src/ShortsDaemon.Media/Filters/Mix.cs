using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Media.Filters;

/// <summary>All that is heard in a Short, before its level is set. What is measured is what is encoded.</summary>
/// <param name="Own">The recording's sound; null: it has none.</param>
/// <param name="Cut">Which part of the recording is heard; null: all of it.</param>
/// <param name="Length">Length of the Short.</param>
internal sealed record Mix(AudioStream? Own, Cut? Cut, TimeSpan Length)
{
    /// <summary>Null: no music.</summary>
    public MusicBed? Bed { get; init; }

    /// <summary>Crosses the end into the beginning; null: it just ends.</summary>
    public LoopFilters? Loop { get; init; }

    /// <summary>How much longer than the Short it is before that.</summary>
    public TimeSpan Crossing { get; init; }

    private TimeSpan Whole => Length + Crossing;

    public bool IsEmpty => Own is null && Bed is null;

    /// <summary>It is the recording's own sound from end to end, and nothing else.</summary>
    public bool IsPlain => Own is not null && Bed is null && Cut is null && Loop is null;

    /// <summary>Inputs behind the recording.</summary>
    public IReadOnlyList<string> Inputs =>
        Bed is { } bed ? ["-stream_loop", "-1", .. InputArguments.For(bed.Music.Path)] : [];

    /// <summary>A chain with an open end, for -filter_complex; there must be something to hear.</summary>
    public string Filters() => Loop is { } loop ? $"{Mixed()},{loop.Sound()}" : Mixed();

    private string Mixed() =>
        (Own, Bed) switch
        {
            ({ } own, { } bed) => $"{Heard(own)},{Sound.PadTo(Whole)},asplit[own][key];"
                + $"{Played(bed)}[music];[music][key]{bed.Duck()}[bed];[own][bed]amix=inputs=2:normalize=0",
            ({ } own, null) => Heard(own),
            (null, { } bed) => Played(bed),
            _ => throw new InvalidOperationException("there is nothing to mix"),
        };

    private string Heard(AudioStream own) => $"[0:{own.Index}]{CutFilters.Sound(Cut)}{Sound.Normalise}";

    private string Played(MusicBed bed) => $"[1:{bed.Music.Stream}]{bed.Filters(Whole, hasFades: Loop is null)}";
}
