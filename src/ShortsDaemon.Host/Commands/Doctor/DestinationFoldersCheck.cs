using ShortsDaemon.Pipeline.Publish.Folder;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Shorts can be laid where they are wanted.</summary>
internal sealed class DestinationFoldersCheck : QuickCheck
{
    public override string Name => "destination folders";

    protected override IEnumerable<DoctorLine> Look(Patient patient) =>
        from channel in patient.EnabledChannels
        from destination in channel.Value.Destinations.OfType<FolderDestinationOptions>()
        where destination.Path.Length > 0
        select Look(channel.Key, destination.Path);

    private DoctorLine Look(string channel, string folder) =>
        FolderProbe.WriteProblem(folder) is { } problem
            ? Fail($"{channel}: {problem}", FolderProbe.Mend(folder))
            : Ok($"{channel}: '{folder}' {(Directory.Exists(folder) ? "can be written" : "will be made")}");
}
