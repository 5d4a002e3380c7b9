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
        return publication.PublishedAt is { } published
            ? $"{promise} and arrived at {clock.Say(published)}: '{Words.OneLine(publication.RemoteId ?? "")}', SHA-256 {publication.Sha256}."
            : $"{promise}; it has not arrived yet. SHA-256 {publication.Sha256}.";
    }
}
