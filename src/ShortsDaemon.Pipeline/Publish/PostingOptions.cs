using System.ComponentModel.DataAnnotations;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Publish.Text;

namespace ShortsDaemon.Pipeline.Publish;

/// <summary>Keys that every destination with an audience has: when it may post, and what is written with it.</summary>
public abstract class PostingOptions : DestinationOptions
{
    /// <summary>When Shorts may appear, in the channel's time zone; empty: at any time.</summary>
    public List<PostingWindow> Windows { get; init; } = [];

    /// <summary>Most Shorts in one day of the channel's time zone; 0: no limit of ours.</summary>
    [Range(0, 1000)]
    public int MaxPerDay { get; init; } = 3;

    /// <summary>Least time between two Shorts, in minutes.</summary>
    [Range(0, 10080)]
    public double MinSpacing { get; init; } = 120;

    /// <summary>A fresh destination begins with one Short a day and reaches MaxPerDay after this many days; 0: at once.</summary>
    [Range(0, 365)]
    public int SlowStartDays { get; init; }

    /// <summary>
    /// Title: text with {title}, {broadcaster}, {game}, {creator}, {url}, {date}, {channel}, {credit}; a brace itself is written
    /// {{ or }}. Cut to the platform's limit.
    /// </summary>
    [Required]
    public string Title { get; init; } = "{title}";

    /// <summary>Description, with the same names.</summary>
    public string Description { get; init; } = "{title}\n\n{credit}";

    /// <summary>
    /// Credit line: {credit} stands for it, and it is added when neither title nor description has {credit} or {url}; empty: none.
    /// </summary>
    public string Credit { get; init; } = "Clip of {broadcaster} by {creator}: {url}";

    /// <summary>Tags, with the same names.</summary>
    public List<string> Tags { get; init; } = [];

    /// <summary>Language of title and description, for instance en; empty: that of the stream, if known.</summary>
    public string Language { get; init; } = "";

    /// <summary>Sent as soon as it is made, and shown by the platform at its slot.</summary>
    public virtual bool ShipsAhead => false;

    /// <summary>What the platform allows to be written.</summary>
    public abstract PostLimits Limits { get; }
}

/// <summary>A stretch of the day in which Shorts may appear. May be written as its Hours alone.</summary>
[ShortForm(nameof(Hours))]
public sealed class PostingWindow
{
    /// <summary>From and to in local time, for instance 17:00-22:30; past midnight when it ends before it begins.</summary>
    [Required]
    public string Hours { get; init; } = "";

    /// <summary>Weekdays of its beginning, for instance Mon-Fri or Sat,Sun; empty: every day.</summary>
    public string Days { get; init; } = "";
}
