using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Discover;
using ShortsDaemon.Pipeline.Select;

namespace ShortsDaemon.Host.Commands;

/// <summary>Shows what a run would do: every candidate with its verdict, score and reason. Nothing is kept or made.</summary>
internal static class DryRunPlan
{
    public static async Task<int> ShowAsync(
        ServiceProvider services,
        IReadOnlyList<string> channels,
        bool json,
        CancellationToken cancel
    )
    {
        var options = services.GetRequiredService<LiveOptions>().Value;
        var plans = new List<object>();
        foreach (var channel in channels)
        {
            var settings = options.Channels[channel];
            var judgements = await JudgeAsync(services, channel, settings, cancel);
            if (json)
                plans.Add(Describe(channel, settings, judgements));
            else
                Print(channel, settings, judgements);
        }
        if (json)
            JsonOutput.Write(plans);
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<Judgement>> JudgeAsync(
        ServiceProvider services,
        string channel,
        ChannelOptions settings,
        CancellationToken cancel
    )
    {
        var discover = services.GetRequiredService<DiscoverStep>();
        var found = await discover.FindAsync(channel, settings, cancel);
        if (found.Again is { } wait)
        {
            await Task.Delay(wait, TimeProvider.System, cancel);
            found = await discover.FindAsync(channel, settings, cancel);
        }
        foreach (var problem in found.Problems)
            await Console.Error.WriteLineAsync(problem);
        return await services.GetRequiredService<SelectStep>().ForeseeAsync(channel, settings, found.Items, cancel);
    }

    private static object Describe(string channel, ChannelOptions settings, IReadOnlyList<Judgement> judgements) =>
        new
        {
            Channel = channel,
            Destinations = settings.Destinations.Select(d => d.Name ?? d.Type),
            settings.Render.Layout,
            Candidates = judgements.Select(j => new
            {
                j.Item.Title,
                j.Item.Location,
                j.Verdict,
                j.Rule,
                j.Reason,
                Score = j.Score.Value,
                j.Score.Features,
            }),
        };

    private static void Print(string channel, ChannelOptions settings, IReadOnlyList<Judgement> judgements)
    {
        var places = string.Join(", ", settings.Destinations.Select(d => d.Name ?? d.Type));
        Console.WriteLine($"{channel}: {judgements.Count} candidates, {settings.Render.Layout}, would go to {places}");
        foreach (var j in judgements)
            Console.WriteLine($"  {j.Verdict, -9} {j.Score.Value, 5:0.00}  {j.Item.Title}: {j.Reason}");
    }
}
