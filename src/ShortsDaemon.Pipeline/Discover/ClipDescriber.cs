using ShortsDaemon.Media;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Discover;

/// <summary>Looks at found clips and writes down what they are, or what is the matter with them.</summary>
internal static class ClipDescriber
{
    private const int AtOnce = 2;

    public static Task DescribeAsync(ISource source, IReadOnlyList<Item> items, CancellationToken cancel) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (item, token) => await DescribeAsync(source, item, token)
        );

    private static async Task DescribeAsync(ISource source, Item item, CancellationToken cancel)
    {
        try
        {
            item.Facts = await source.DescribeAsync(item, cancel);
            item.Trouble = null;
        }
        catch (RefusedMediaException e)
        {
            (item.Trouble, item.IsRefused) = (e.Message, true);
        }
        catch (FileNotFoundException)
        {
            (item.Trouble, item.IsRefused, item.IsGone) = ("it was removed", true, true);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ProcessFailedException or UnavailableException)
        {
            item.Trouble = e.Message;
        }
    }
}
