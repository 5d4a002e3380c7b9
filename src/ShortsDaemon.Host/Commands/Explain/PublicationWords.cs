using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Explain;

/// <summary>Where the Short was promised to and where it is.</summary>
internal static class PublicationWords
{
    public static string Tell(IReadOnlyList<Publication> publications, ChannelClock clock) =>
        string.Join('\n', publications.Select(publication => Tell(publication, clock)));

    private static string Tell(Publication publication, ChannelClock clock)
    {
        var name = publication.ReservedName is { } reserved ? $" under the name '{Words.OneLine(reserved)}'" : "";
        var promise = $"It was promised to {publication.Destination} at {clock.Say(publication.IntendedAt)}{name}";
        var end = publication switch
        {
            { PublishedAt: { } published } =>
                $" and arrived at {clock.Say(published)}: '{Words.OneLine(publication.RemoteId ?? "")}',",
            { Rejection: null } => "; it has not arrived yet.",
            _ => ".",
        };
        return $"{promise}{end} SHA-256 {publication.Sha256}."
            + Said("It was refused there", publication.Rejection)
            + Said("To be known", publication.Remark);
    }

    private static string Said(string what, string? words) => words is null ? "" : $" {what}: {Words.OneLine(words)}.";
}
