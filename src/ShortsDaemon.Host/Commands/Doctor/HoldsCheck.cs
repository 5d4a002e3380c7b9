using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Through which doors nothing goes out for now, also those that a restore has shut.</summary>
internal sealed class HoldsCheck : DoctorCheck
{
    public override string Name => "holds";

    public override async Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel)
    {
        await using var database = new ReadOnlyDatabase(patient.Options.Storage);
        if (!database.Exists || await database.AgeAsync(cancel) != DatabaseAge.Current)
            return [];
        var shut = await Holds
            .Shut(database.Content, patient.Time.GetUtcNow())
            .OrderBy(hold => hold.Scope)
            .ToListAsync(cancel);
        if (shut.Count == 0)
            return [Ok("nothing is held")];
        return
        [
            .. shut.Select(hold =>
                Warn(
                    $"{hold.Scope} is held{(hold.Until is { } until ? $" until {until:u}" : "")}: {hold.Reason}",
                    $"What the reason says; before its time: ShortsDaemon holds release {hold.Scope}"
                )
            ),
        ];
    }
}
