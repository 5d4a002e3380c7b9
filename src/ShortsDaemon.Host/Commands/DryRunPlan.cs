using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Discover;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Select;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>
/// Shows what a run would do: every candidate with its verdict, score and reason, and for the winners title, slot and quota at
/// each destination. Nothing is kept or made.
/// </summary>
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
            var posts = await PostsAsync(services, options, channel, judgements, cancel);
            if (json)
                plans.Add(Describe(channel, settings, judgements, posts));
            else
                Print(channel, settings, judgements, posts);
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

    private static async Task<IReadOnlyList<PlannedPosts>> PostsAsync(
        ServiceProvider services,
        ShortsOptions options,
        string channel,
        IReadOnlyList<Judgement> judgements,
        CancellationToken cancel
    )
    {
        var winners = judgements.Where(j => j.Verdict == Verdict.Selected).Select(j => j.Item).ToList();
        var databases = services.GetRequiredService<IDbContextFactory<ShortsDb>>();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = TimeProvider.System.GetUtcNow();
        var plans = new List<PlannedPosts>();
        foreach (var place in PostingPlace.All(options).Where(p => Same(p.Channel, channel)))
            plans.Add(await PlannedPosts.ReadAsync(db, options, place, winners, now, cancel));
        return plans;
    }

    private static object Describe(
        string channel,
        ChannelOptions settings,
        IReadOnlyList<Judgement> judgements,
        IReadOnlyList<PlannedPosts> posts
    ) =>
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
            Posts = posts.Select(p => p.Describe()),
        };

    private static void Print(
        string channel,
        ChannelOptions settings,
        IReadOnlyList<Judgement> judgements,
        IReadOnlyList<PlannedPosts> posts
    )
    {
        var places = string.Join(", ", settings.Destinations.Select(d => d.Name ?? d.Type));
        Console.WriteLine($"{channel}: {judgements.Count} candidates, {settings.Render.Layout}, would go to {places}");
        foreach (var j in judgements)
            Console.WriteLine($"  {j.Verdict, -9} {j.Score.Value, 5:0.00}  {j.Item.Title}: {j.Reason}");
        foreach (var line in posts.SelectMany(p => p.Lines()))
            Console.WriteLine(line);
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
