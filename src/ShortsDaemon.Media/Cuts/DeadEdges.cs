using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Cuts;

/// <summary>How much of a beginning or an end is dead, and what it is like.</summary>
/// <param name="Seconds">s.</param>
/// <param name="What">For instance "black and silent".</param>
internal sealed record DeadEdge(double Seconds, string What)
{
    public string Tell(string which) =>
        FormattableString.Invariant($"The {which} {Seconds:0.0} s of the recording are left out: {What}");
}

/// <summary>Finds black, frozen and silent beginnings and ends.</summary>
internal static class DeadEdges
{
    // Whatever the recording is like: so much of it at most, on either side.
    private const double MostShare = 0.3;

    // What holds for most of a recording is what it is like, and no edge.
    private const double UsualShare = 0.6;

    // One living picture makes no beginning: encoders let still pictures twitch.
    private const int Look = Sketch.Rate;
    private const int Living = Look / 2;

    // Sound does not end at once.
    private const int Tail = 2;

    /// <returns>Null when nothing in it lives.</returns>
    public static (DeadEdge Start, DeadEdge End)? Find(SketchSigns signs)
    {
        var (black, still, silent) = (Telling(signs.Black), Telling(signs.Still), Telling(signs.Silent));
        var alive = Enumerable.Range(0, signs.Count).Select(i => !black[i] && !still[i] && !silent[i]).ToArray();
        var first = FirstLiving(alive);
        if (first < 0)
            return null;
        var last = signs.Count - 1 - FirstLiving([.. alive.AsEnumerable().Reverse()]);
        // Room for the attack and the decay of a sound, unless the picture forbids it.
        if (first > 0 && !black[first - 1] && !still[first - 1])
            first--;
        for (var i = 0; i < Tail && last + 1 < signs.Count && !black[last + 1] && !still[last + 1]; i++)
            last++;
        var most = (int)(MostShare * signs.Count);
        first = Math.Min(first, most);
        last = Math.Max(last, signs.Count - 1 - most);
        return (Edge(0, first), Edge(last + 1, signs.Count));

        DeadEdge Edge(int from, int to)
        {
            var parts = new[] { (black, "black"), (still, "a picture that stands still"), (silent, "silent") };
            var what = parts.Where(p => 2 * p.Item1[from..to].Count(sign => sign) > to - from).Select(p => p.Item2);
            return new DeadEdge((double)(to - from) / Sketch.Rate, string.Join(" and ", what.DefaultIfEmpty("dead")));
        }
    }

    private static bool[] Telling(bool[] sign) =>
        sign.Count(s => s) > UsualShare * sign.Length ? new bool[sign.Length] : sign;

    private static int FirstLiving(bool[] alive)
    {
        for (var i = 0; i < alive.Length; i++)
            if (alive[i] && alive.Skip(i).Take(Look).Count(a => a) >= Math.Min(Living, alive.Length - i))
                return i;
        return -1;
    }
}
