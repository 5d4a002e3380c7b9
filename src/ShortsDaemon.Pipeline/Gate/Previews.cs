using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Folder;

namespace ShortsDaemon.Pipeline.Gate;

/// <summary>Keeps the thumbnail of a Short for the control room, where it outlives the work folder.</summary>
public sealed class Previews(DataFolder data, ILogger<Previews> log)
{
    /// <summary>Copies it. No Short is worth less for the want of a preview: what goes wrong is only told.</summary>
    public async Task KeepAsync(ItemId item, string thumbnail, CancellationToken cancel)
    {
        // The canary is shown to nobody.
        if (item == CanaryItem.Id)
            return;
        try
        {
            Directory.CreateDirectory(data.Previews);
            await DurableFile.CopyAsync(thumbnail, data.PreviewOf(item), cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("The thumbnail could not be kept for the control room: {Reason}", e.Message);
        }
    }
}
