using System.Runtime.CompilerServices;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips;

/// <summary>
/// Which windows a look takes. The newest one always; the older ones only add what a listing has left out before, so they take
/// turns, a few at each look of all sources together. What was not seen since the last look, for instance because the machine
/// slept, is never left to wait.
/// </summary>
internal sealed class WindowTurns(TimeProvider time)
{
    // With so many sources a first look at everything still ends within a minute.
    private const int Few = 100;

    // One window more for ten looks: what a round costs stays near one call for each source.
    private const double ForEachLook = 0.1;
    private const double MostSaved = 20;
    private static readonly TimeSpan Again = TimeSpan.FromHours(4);

    // By the object of the options: two channels may name one broadcaster, and each has to see everything. After an edit of
    // the configuration all windows are due once more.
    private readonly ConditionalWeakTable<TwitchClipsSourceOptions, Looks> _looks = [];
    private readonly Lock _lock = new();
    private double _saved;

    /// <param name="source">Whose look it is.</param>
    /// <param name="windows">All windows, newest first.</param>
    /// <param name="sources">How many sources share the turns.</param>
    /// <returns>Those to ask for now.</returns>
    public IReadOnlyList<ClipWindow> Take(
        TwitchClipsSourceOptions source,
        IReadOnlyList<ClipWindow> windows,
        int sources
    )
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            _saved = Math.Min(MostSaved, _saved + ForEachLook);
            var looks = _looks.GetValue(source, made => new Looks(made.Login));
            return [windows[0], .. windows.Skip(1).Where(window => IsDue(looks, window, sources, now))];
        }
    }

    /// <summary>The window was read to its end.</summary>
    public void Done(TwitchClipsSourceOptions source, ClipWindow window)
    {
        lock (_lock)
            _looks.GetValue(source, made => new Looks(made.Login)).At[window.Number] = time.GetUtcNow();
    }

    private bool IsDue(Looks looks, ClipWindow window, int sources, DateTimeOffset now)
    {
        // Part of it has never been seen, whatever that costs.
        if (looks.At.TryGetValue(0, out var newest) && window.To > newest && !IsSeen(looks, window, newest))
            return true;
        var seen = looks.At.TryGetValue(window.Number, out var last);
        if (!seen && sources <= Few)
            return true;
        // Either way: a clock that was set back must not put it off for long.
        if (seen && (now - last).Duration() < Again * looks.Spread)
            return false;
        if (_saved < 1)
            return false;
        _saved--;
        return true;
    }

    /// <returns>Whether the window was taken since the newest one was: then the gap is closed.</returns>
    private static bool IsSeen(Looks looks, ClipWindow window, DateTimeOffset newest) =>
        looks.At.TryGetValue(window.Number, out var last) && last > newest;

    private sealed class Looks(string login)
    {
        /// <summary>When each window was last read, by its number.</summary>
        public Dictionary<int, DateTimeOffset> At { get; } = [];

        // Sources that began together do not come back together.
        public double Spread { get; } =
            0.75 + (uint)StringComparer.OrdinalIgnoreCase.GetHashCode(login) / (2.0 * uint.MaxValue);
    }
}
