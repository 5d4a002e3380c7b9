using ShortsDaemon.Pipeline.Publish.Posting;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Can something go out today? Asks the daemon's own ledger, not the platforms.</summary>
internal sealed class QuotaCheck : DoctorCheck
{
    public override string Name => "quota";

    public override async Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel)
    {
        var places = PostingPlace
            .All(patient.Options)
            .Where(place => patient.Options.Channels[place.Channel].Enabled)
            .ToList();
        await using var database = new ReadOnlyDatabase(patient.Options.Storage);
        if (places.Count == 0 || !patient.Reading.IsGood || !database.Exists)
            return [];
        if (await database.AgeAsync(cancel) != DatabaseAge.Current)
            return [];
        List<DoctorLine> lines = [];
        foreach (var place in places)
            lines.AddRange(
                Judge(
                    await PostingStanding.ReadAsync(
                        database.Content,
                        patient.Options,
                        place,
                        patient.Time.GetUtcNow(),
                        cancel
                    )
                )
            );
        // A project or account that several share is one line.
        return [.. lines.Distinct()];
    }

    private IEnumerable<DoctorLine> Judge(PostingStanding standing)
    {
        if (standing.Uploads is { Left: 0 } empty)
            yield return Warn(
                $"{standing.Place.Project} has no uploads left today",
                $"Nothing to do: it goes on at {empty.NextAt:u}. Fewer a day: MaxPerDay."
            );
        else if (standing.Uploads is { } quota)
            yield return Ok($"{standing.Place.Project} has {quota.Left} of {quota.Cap} uploads left today");
    }
}
