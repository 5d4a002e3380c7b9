using ShortsDaemon.Pipeline.Sources.Folder;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Recordings can be read where they are dropped.</summary>
internal sealed class SourceFoldersCheck : QuickCheck
{
    public override string Name => "source folders";

    protected override IEnumerable<DoctorLine> Look(Patient patient) =>
        from channel in patient.EnabledChannels
        from source in channel.Value.Sources.OfType<FolderSourceOptions>()
        where source.Path.Length > 0
        from line in Look(channel.Key, source)
        select line;

    private IEnumerable<DoctorLine> Look(string channel, FolderSourceOptions source)
    {
        yield return Look(channel, source.Path);
        if (source.MoveDoneTo.Length > 0 && FolderProbe.WriteProblem(source.MoveDoneTo) is { } problem)
            yield return Fail($"{channel}: MoveDoneTo: {problem}", FolderProbe.Mend(source.MoveDoneTo));
    }

    private DoctorLine Look(string channel, string folder)
    {
        if (!Directory.Exists(folder))
            return FolderProbe.WriteProblem(folder) is { } problem
                ? Fail($"{channel}: '{folder}' cannot be made: {problem}", FolderProbe.Mend(folder))
                : Ok($"{channel}: '{folder}' will be made");
        try
        {
            var entries = Directory.EnumerateFileSystemEntries(folder).Take(1).Count();
            return Ok($"{channel}: '{folder}' can be read{(entries == 0 ? "; it is empty" : "")}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(
                $"{channel}: '{folder}' cannot be read: {e.Message}",
                $"Let {Environment.UserName} read it: chmod o+rx '{folder}'"
            );
        }
    }
}
