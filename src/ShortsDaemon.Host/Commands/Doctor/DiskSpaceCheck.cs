using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Disk;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Room wherever the daemon writes, bytes and files, by the marks of the health page.</summary>
internal sealed class DiskSpaceCheck : QuickCheck
{
    public override string Name => "free space";

    protected override IEnumerable<DoctorLine> Look(Patient patient) =>
        DiskPlace
            .Of(patient.Options, patient.Data)
            .Select(place => (Place: place, Room: DiskRoom.Of(place.Folder)))
            .GroupBy(found => found.Room.Disk)
            .Select(disk => Judge([.. disk.Select(d => d.Place)], disk.First().Room, patient.Options.Health));

    /// <param name="places">That lie on this disk.</param>
    /// <param name="room">Of the disk.</param>
    /// <param name="marks">When it is too little.</param>
    internal DoctorLine Judge(IReadOnlyList<DiskPlace> places, DiskRoom room, HealthOptions marks)
    {
        var names = $"'{room.Folder}' ({string.Join(", ", places.Select(place => place.Name))})";
        if (room.Problem is { } problem)
            return Warn($"the room at {names} cannot be read: {problem}", "Let the daemon's user enter the folder.");
        var inodes = room.FreeInodes is { } files ? $", room for {files} files" : "";
        var finding = FormattableString.Invariant(
            $"{room.FreeMiB:0} MiB ({room.FreePercent:0.#} %){inodes} at {names}"
        );
        if (room.FreeMiB < marks.DiskMinimumMiB)
            return TooLittle(
                places,
                FormattableString.Invariant($"{finding}; below {marks.DiskMinimumMiB:0} MiB no work starts"),
                "Free some, or change Health:DiskMinimumMiB."
            );
        if (new DiskMarks(marks).HasFewInodes(room))
            return TooLittle(places, $"{finding}; no work starts", "Remove files: it is their number that counts.");
        return room.FreePercent < marks.DiskWarnPercent
            ? Warn(
                FormattableString.Invariant($"{finding}; {marks.DiskWarnPercent:0.#} % should be free"),
                "Free some soon."
            )
            : Ok(finding);
    }

    private DoctorLine TooLittle(IReadOnlyList<DiskPlace> places, string finding, string mend) =>
        places.Any(place => place.HoldsWork)
            ? Fail(finding, mend)
            : Warn(finding.Split(';')[0] + "; nothing more will be kept there", "Free some there.");
}
