using ShortsDaemon.Host.Commands.Explain;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Publish.Folder;

namespace ShortsDaemon.Host.Web.Uploads;

/// <summary>Looks into a recording that has come whole, and lays it into the inbox of its channel.</summary>
internal sealed class UploadDelivery(MediaProbe probe, LiveOptions live, ReadRoom room, ILogger<UploadDelivery> log)
{
    private const int MostOfOneName = 1000;

    /// <summary>Done for one that lies there already: nothing. Goes on to its end when the visitor has gone.</summary>
    /// <exception cref="UploadException">It is no recording; or it cannot be taken now, and is kept.</exception>
    public async Task DeliverAsync(Upload upload)
    {
        if (upload.Refused is { } reason)
            throw NotTaken(reason);
        if (upload.IsDelivered)
            return;
        var inbox = UploadInbox.Of(live.Value, upload.Channel);
        await RequireRecordingAsync(upload);
        try
        {
            var path = await MoveAsync(upload, inbox);
            log.LogInformation(
                "{Who} uploaded '{Name}' ({Size}) for the channel {Channel}",
                upload.Visitor,
                Path.GetFileName(path),
                Words.Size(upload.Length),
                upload.Channel
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotNow($"It cannot be laid into '{inbox}': {e.Message}");
        }
    }

    private async Task RequireRecordingAsync(Upload upload)
    {
        try
        {
            (await probe.ProbeAsync(upload.File, CancellationToken.None)).RequirePicture();
        }
        catch (RefusedMediaException e)
        {
            var reason = SecretFree.Text(e.Message.Replace(upload.File, upload.Name, StringComparison.Ordinal));
            UploadShelf.Save(upload with { Refused = reason });
            File.Delete(upload.File);
            log.LogWarning(
                "What {Who} uploaded as '{Name}' for the channel {Channel} is not taken: {Reason}",
                upload.Visitor,
                upload.Name,
                upload.Channel,
                reason
            );
            throw NotTaken(reason);
        }
        catch (ProcessFailedException e)
        {
            throw NotNow($"It cannot be looked into now: {e.Message}");
        }
    }

    // On one disk a rename is all; from another one it is copied beside its place first. The source never sees half a file.
    private async Task<string> MoveAsync(Upload upload, string inbox)
    {
        Directory.CreateDirectory(inbox);
        var path = FreeName(inbox, upload.Name);
        if (room(inbox).Disk == room(upload.Folder).Disk)
        {
            File.Move(upload.File, path, overwrite: false);
            return path;
        }
        await DurableFile.CopyAsync(upload.File, path, CancellationToken.None);
        File.Delete(upload.File);
        return path;
    }

    private static string FreeName(string inbox, string name)
    {
        var (stem, ending) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
        return Enumerable
                .Range(1, MostOfOneName)
                .Select(i => Path.Combine(inbox, i == 1 ? name : $"{stem} ({i}){ending}"))
                .FirstOrDefault(path => !Path.Exists(path))
            ?? throw new IOException($"there are {MostOfOneName} files called '{name}'");
    }

    private static UploadException NotTaken(string reason) =>
        new(
            StatusCodes.Status422UnprocessableEntity,
            $"It is not taken: {reason.TrimEnd('.')}.",
            "Upload a recording with a picture, whole and not encrypted."
        );

    private static UploadException NotNow(string what) =>
        new(StatusCodes.Status503ServiceUnavailable, what, "Mend that and go on; what has come is kept.");
}
