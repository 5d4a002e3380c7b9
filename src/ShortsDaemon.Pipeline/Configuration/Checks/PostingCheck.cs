using ShortsDaemon.Pipeline.Configuration.Reading;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Publish.Text;

namespace ShortsDaemon.Pipeline.Configuration.Checks;

/// <summary>Windows and templates, which would otherwise show their mistakes when the first Short is to go out.</summary>
internal sealed class PostingCheck(ProblemList problems)
{
    public static void Look(ShortsOptions options, ProblemList problems)
    {
        var check = new PostingCheck(problems);
        foreach (var (name, channel) in options.Channels)
            for (var i = 0; i < channel.Destinations.Count; i++)
                if (channel.Destinations[i] is PostingOptions posting)
                    check.Look(posting, $"Channels:{name}:Destinations:{i}");
    }

    private void Look(PostingOptions options, string key)
    {
        for (var i = 0; i < options.Windows.Count; i++)
            Window(options.Windows[i], $"{key}:Windows:{i}");
        Template(options.Title, $"{key}:Title");
        Template(options.Description, $"{key}:Description");
        for (var i = 0; i < options.Tags.Count; i++)
            Template(options.Tags[i], $"{key}:Tags:{i}");
        if (Template(options.Credit, $"{key}:Credit") is { } credit && credit.Uses("credit"))
            problems.Error($"{key}:Credit", "the credit line cannot hold itself", "Take {credit} out of it.");
    }

    private void Window(PostingWindow window, string key)
    {
        if (window.Hours.Length > 0 && DayWindow.Hours(window.Hours) is null)
            problems.Error(
                $"{key}:Hours",
                $"'{window.Hours}' are no hours of the day",
                "Write from and to, for instance 17:00-22:30, or 22:00-02:00 for a window past midnight."
            );
        if (DayWindow.Weekdays(window.Days) is null)
            problems.Error(
                $"{key}:Days",
                $"'{window.Days}' are no weekdays",
                "Write for instance Mon-Fri or Sat,Sun; leave it out for every day."
            );
    }

    private PostTemplate? Template(string text, string key)
    {
        if (!PostTemplate.TryParse(text, out var template, out var problem))
            problems.Error(key, problem.What, problem.Mend);
        return template;
    }
}
