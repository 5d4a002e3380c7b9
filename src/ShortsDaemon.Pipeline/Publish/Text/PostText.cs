using System.Globalization;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.Text;

/// <summary>What is written with a Short.</summary>
/// <param name="Title">Never empty.</param>
/// <param name="Description">May be empty.</param>
/// <param name="Tags">Each once.</param>
/// <param name="Language">For instance en; empty when not known.</param>
public sealed record PostText(string Title, string Description, IReadOnlyList<string> Tags, string Language)
{
    private const string Unnamed = "Short";

    /// <param name="item">The clip.</param>
    /// <param name="options">The templates.</param>
    /// <param name="limits">What the platform allows.</param>
    public static PostText Of(Item item, PostingOptions options, PostLimits limits)
    {
        var values = new PostValues(item, options, limits);
        return new(
            Titled(item, options, limits, values),
            Described(options, limits, values),
            TagList.Of(options.Tags.Select(tag => values.Fill(PostTemplate.Of(tag))), limits.Tags),
            options.Language.Length > 0 ? options.Language : item.Origin?.Language ?? ""
        );
    }

    private static string Titled(Item item, PostingOptions options, PostLimits limits, PostValues values) =>
        new[]
        {
            values.Allowed(item.WantedTitle ?? ""),
            values.Fill(PostTemplate.Of(options.Title)),
            values.Of("title"),
            values.Of("broadcaster"),
            values.Of("game"),
            item.Channel,
        }
            .Select(text => limits.Title.Cut(CleanText.Line(text)))
            .FirstOrDefault(text => text.Length > 0)
        ?? Unnamed;

    private static string Described(PostingOptions options, PostLimits limits, PostValues values)
    {
        var template = PostTemplate.Of(options.Description);
        var body = CleanText.Lines(values.Fill(template));
        PostTemplate[] templates = [template, PostTemplate.Of(options.Title)];
        var credit = values.Of("credit");
        if (credit.Length == 0 || templates.Any(used => used.Uses("credit") || used.Uses("url")))
            return limits.Description.Cut(body);
        var end = limits.Description.Cut(credit);
        if (body.Length == 0)
            return end;
        // The credit is owed: rather the text gives way.
        var added = $"\n\n{end}";
        var room = limits.Description with { Most = limits.Description.Most - limits.Description.Size(added) };
        return CleanText.Lines(room.Cut(body) + added);
    }
}

/// <summary>What the names in a template stand for.</summary>
internal sealed class PostValues
{
    private const string NoOne = "a viewer";

    // Far more than any platform gives: one endless name must not push everything else out.
    private static readonly TextLimit Longest = new(200, TextUnit.Utf16);

    private readonly Dictionary<string, string> _values;
    private readonly string _forbidden;

    public PostValues(Item item, PostingOptions options, PostLimits limits)
    {
        _forbidden = limits.Forbidden;
        var origin = item.Origin;
        _values = new(StringComparer.Ordinal)
        {
            ["title"] = Clean(item.Title),
            ["broadcaster"] = Clean(origin?.Broadcaster),
            ["game"] = Clean(origin?.Game),
            ["creator"] = origin is { Creator.Length: 0 } ? NoOne : Clean(origin?.Creator),
            ["url"] = Clean(origin?.Url),
            ["date"] = item.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["channel"] = item.Channel,
            ["credit"] = "",
        };
        // A plain recording has nobody to credit.
        if (origin is not null)
            _values["credit"] = CleanText.Line(Fill(PostTemplate.Of(options.Credit)));
    }

    public string Of(string name) => _values[name];

    public string Fill(PostTemplate template) => Allowed(template.Fill(Of));

    private string Clean(string? text) => Longest.Cut(CleanText.Line(Allowed(text ?? "")));

    public string Allowed(string text) =>
        string.Concat(text.Select(c => _forbidden.Contains(c, StringComparison.Ordinal) ? ' ' : c));
}
