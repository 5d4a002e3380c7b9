using System.Globalization;

namespace ShortsDaemon.Media.Filters;

/// <summary>
/// Takes the first moments of picture and sound away and crosses the end into them. Only those few frames wait in memory.
/// </summary>
/// <param name="frames">Length of the crossing in frames.</param>
/// <param name="crossing">The same as time.</param>
/// <param name="length">Length of what comes out.</param>
internal sealed class LoopFilters(int frames, TimeSpan crossing, TimeSpan length)
{
    /// <returns>Begins and ends unlabelled.</returns>
    public string Picture() =>
        $"split[turn][lead];[lead]trim=end_frame={frames}[again];[turn]trim=start_frame={frames}[body];"
        + $"[body][again]xfade=duration={Text(crossing)}:offset={Text(length - crossing)},setpts=PTS-STARTPTS";

    /// <returns>Begins and ends unlabelled.</returns>
    public string Sound() =>
        $"asplit[round][before];[before]{Filters.Sound.PadTo(crossing)}[anew];"
        + $"[round]atrim=start={Text(crossing)},asetpts=PTS-STARTPTS,{Filters.Sound.PadTo(length)}[rest];"
        + $"[rest][anew]acrossfade=d={Text(crossing)}:c1=qsin:c2=qsin";

    private static string Text(TimeSpan time) => time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);
}
