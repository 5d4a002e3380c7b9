using System.Diagnostics.CodeAnalysis;
using System.Text;
using ShortsDaemon.Pipeline.Configuration.Reading;

namespace ShortsDaemon.Pipeline.Publish.Text;

/// <summary>Text with names in braces. What is filled in is never read as a template again.</summary>
internal sealed class PostTemplate
{
    private static readonly string[] Known =
    [
        "title",
        "broadcaster",
        "game",
        "creator",
        "url",
        "date",
        "channel",
        "credit",
    ];

    private readonly List<(string Text, bool IsName)> _parts = [];

    private PostTemplate() { }

    /// <param name="text">Has passed the check of the configuration.</param>
    public static PostTemplate Of(string text) =>
        TryParse(text, out var template, out var problem) ? template : throw new FormatException(problem.What);

    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out PostTemplate? template,
        [NotNullWhen(false)] out TemplateProblem? problem
    )
    {
        template = new PostTemplate();
        problem = null;
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length && problem is null; i++)
        {
            if (text[i] is not ('{' or '}'))
                plain.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == text[i])
                plain.Append(text[i++]);
            else if (text[i] == '}')
                problem = new("a } stands alone", "Write }} where the text is to have a brace.");
            else
            {
                template.Add(plain);
                i = template.AddName(text, i + 1, out problem);
            }
        }
        template.Add(plain);
        if (problem is not null)
            template = null;
        return template is not null;
    }

    public bool Uses(string name) => _parts.Exists(part => part.IsName && part.Text == name);

    public string Fill(Func<string, string> value) =>
        string.Concat(_parts.Select(part => part.IsName ? value(part.Text) : part.Text));

    private void Add(StringBuilder plain)
    {
        if (plain.Length > 0)
            _parts.Add((plain.ToString(), false));
        plain.Clear();
    }

    /// <returns>Where the name ends.</returns>
    private int AddName(string text, int begin, out TemplateProblem? problem)
    {
        var end = text.IndexOf('}', begin);
        var written = end < 0 ? text[begin..] : text[begin..end];
        var name = Array.Find(Known, known => string.Equals(known, written.Trim(), StringComparison.OrdinalIgnoreCase));
        problem =
            end < 0 ? new("a { is never closed", "Close it, or write {{ where the text is to have a brace.")
            : name is null ? Unknown(written)
            : null;
        if (problem is null)
            _parts.Add((name!, true));
        return end;
    }

    private static TemplateProblem Unknown(string written)
    {
        var list = string.Join(", ", Known.Select(name => $"{{{name}}}"));
        return new($"{{{written}}} is not known here", $"Known: {list}. {Nearest.Hint(written, Known)}".TrimEnd());
    }
}

/// <param name="What">What is wrong.</param>
/// <param name="Mend">What to write instead.</param>
internal sealed record TemplateProblem(string What, string Mend);
