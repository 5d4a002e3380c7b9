using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Media.Framing;

/// <summary>Follows one face from picture to picture; looks for it where it was, which costs little.</summary>
internal sealed class FaceTrail(FaceFinder finder)
{
    // A face that turned away comes back; after so many looks it is another scene.
    private const int MostMisses = 3;

    // Looking everywhere is dear: once in so many looks while there is no face.
    private const int LooksBetweenSearches = 3;

    private Region? _last;
    private int _misses;
    private int _wait;

    /// <summary>The next picture shows something else.</summary>
    public void Forget() => (_last, _misses, _wait) = (null, 0, 0);

    /// <returns>Where the face is; null: not seen.</returns>
    public Region? Look(GreyFrame frame)
    {
        var found = _last is { } last ? Near(frame, last) : Anywhere(frame);
        if (found is not null)
            (_last, _misses) = (found, 0);
        else if (_last is not null && ++_misses >= MostMisses)
            Forget();
        return found;
    }

    private Region? Near(GreyFrame frame, Region last)
    {
        var around = new Region(last.X - last.Width, last.Y - last.Height / 2, 3 * last.Width, 2 * last.Height);
        return Best(finder.Find(frame, around, last.Height / 1.4, last.Height * 1.4));
    }

    private Region? Anywhere(GreyFrame frame)
    {
        if (_wait-- > 0)
            return null;
        _wait = LooksBetweenSearches - 1;
        return Best(finder.Find(frame));
    }

    private static Region? Best(IReadOnlyList<Face> faces) => faces is [var first, ..] ? first.Place : null;
}
