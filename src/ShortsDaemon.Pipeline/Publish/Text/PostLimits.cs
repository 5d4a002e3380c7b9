namespace ShortsDaemon.Pipeline.Publish.Text;

/// <summary>What a platform allows to be written with a Short.</summary>
/// <param name="Title">Longest title.</param>
/// <param name="Description">Longest description.</param>
/// <param name="Tags">
/// All tags together, in UTF-16 units: commas between them count, and two quotes for each that has a blank in it.
/// </param>
/// <param name="Forbidden">Characters that are refused; a blank takes their place.</param>
public sealed record PostLimits(TextLimit Title, TextLimit Description, int Tags, string Forbidden)
{
    /// <summary>
    /// "Characters" of the title are not explained by YouTube; UTF-16 units are the largest number one may mean by it, so a
    /// title that is short enough in them is short enough.
    /// </summary>
    public static PostLimits YouTube { get; } = new(new(100, TextUnit.Utf16), new(5000, TextUnit.Utf8Bytes), 500, "<>");
}
