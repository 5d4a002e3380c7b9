using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Alerting;

/// <summary>One message to a receiver: some alerts that go together.</summary>
/// <param name="Machine">Where it comes from.</param>
/// <param name="At">When it was put together.</param>
/// <param name="Entries">The most important ones, critical first.</param>
/// <param name="Raised">How many were raised, those included that are not among the entries.</param>
/// <param name="Resolved">How many are well again.</param>
internal sealed record Notice(
    string Machine,
    DateTimeOffset At,
    IReadOnlyList<NoticeEntry> Entries,
    int Raised,
    int Resolved
)
{
    /// <summary>How many there are beyond the entries.</summary>
    public int More => Raised + Resolved - Entries.Count;

    /// <summary>The worst of what was raised; null: everything is well again.</summary>
    public AlertLevel? Level =>
        Entries.Where(e => e.News == AlertNews.Raised).Select(e => (AlertLevel?)e.Level).DefaultIfEmpty().Max();

    public string Title =>
        (Raised, Resolved) switch
        {
            (_, 0) => $"ShortsDaemon on {Machine}: {Count(Raised, "alert")}",
            (0, _) => $"ShortsDaemon on {Machine}: {Resolved} well again",
            _ => $"ShortsDaemon on {Machine}: {Count(Raised, "alert")}, {Resolved} well again",
        };

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}

/// <param name="AlertId">Its number in the database, the same in every repetition; 0: a test.</param>
/// <param name="News">Raised, or well again.</param>
/// <param name="Level">How bad.</param>
/// <param name="Rule">What kind.</param>
/// <param name="Subject">Of what.</param>
/// <param name="Message">What happened and how to mend it; free of secrets.</param>
/// <param name="RaisedAt">When it began.</param>
/// <param name="ResolvedAt">When it ended; null: it is open.</param>
/// <param name="Times">How often it came.</param>
internal sealed record NoticeEntry(
    long AlertId,
    AlertNews News,
    AlertLevel Level,
    string Rule,
    string Subject,
    string Message,
    DateTimeOffset RaisedAt,
    DateTimeOffset? ResolvedAt,
    int Times
);
