using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Commands.Explain;
using ShortsDaemon.Host.Logging;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>Sends one item out without waiting for its slot.</summary>
internal static class PublishCommand
{
    private static readonly Argument<string> Wanted = new("ITEM")
    {
        Description = "Number of the item (see `history`), or its title or file name, or a part of the title.",
    };

    private static readonly Option<bool> Now = new("--now")
    {
        Description = "Windows, spacing and daily cap do not count for it; quota and holds still do.",
    };

    public static Command Create()
    {
        var command = new Command(
            "publish",
            "Publishes an item as soon as it can be, without regard to posting windows. A running daemon takes it up within "
                + "a minute; without one it is done here. "
                + "Exit code: 0 done or handed to the daemon, 1 no such item, several, or it could not be published, "
                + "2 wrong usage or configuration."
        )
        {
            Wanted,
            Now,
        };
        // There is no other way to publish one item: the word makes sure that it is meant.
        command.Validators.Add(given =>
        {
            if (!given.GetValue(Now))
                given.AddError(
                    "Say --now: the item then waits for no posting window. By itself the daemon publishes at its slots."
                );
        });
        command.SetAction(
            (parsed, cancel) =>
                DatabaseQuestion.AskAsync(
                    parsed,
                    (configuration, db) => RunAsync(configuration, db, parsed.GetRequiredValue(Wanted), cancel),
                    () => Refuse("Nothing has been made yet."),
                    cancel
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        LoadedConfiguration configuration,
        ShortsDb db,
        string wanted,
        CancellationToken cancel
    )
    {
        var found = await ItemSearch.FindAsync(db, wanted, cancel);
        if (found is not [var item])
            return Refuse(
                found.Count == 0
                    ? $"There is no item '{wanted}'. `history` lists them."
                    : $"'{wanted}' may be several items; `explain` lists them."
            );
        if (item.State == ItemState.Review)
            return Refuse($"Item {item.Id} waits to be approved first, at /review in the control room.");
        if (!ItemStates.Working.Contains(item.State))
            return Refuse($"Item {item.Id} cannot be published: it stands at {item.State}. See `explain {item.Id}`.");
        using var taken = InstanceLock.TryTake(CommandServices.DataOf(configuration));
        await using var services = CommandServices.Build(configuration, toFile: taken is not null);
        await services.GetRequiredService<Hurry>().AskAsync(item.Id, "the command line", cancel);
        if (taken is not null)
            return await WalkAsync(services, item.Id, cancel);
        Console.WriteLine($"The daemon takes up item {item.Id} within a minute. See `explain {item.Id}`.");
        return ExitCode.Done;
    }

    private static async Task<int> WalkAsync(ServiceProvider services, ItemId id, CancellationToken cancel)
    {
        services.GetRequiredService<FlowLog>().Start();
        using (new FlowBars(services.GetRequiredService<FlowEvents>(), quiet: false))
            await services.GetRequiredService<ItemWalk>().WalkAsync(id, cancel);
        await using var db = await services
            .GetRequiredService<IDbContextFactory<ShortsDb>>()
            .CreateDbContextAsync(cancel);
        var item = await db.Items.AsNoTracking().SingleAsync(i => i.Id == id, cancel);
        var places = await db
            .Publications.AsNoTracking()
            .Where(p => p.ItemId == id && p.PublishedAt != null)
            .ToListAsync(cancel);
        foreach (var place in places)
            Console.WriteLine($"{place.Destination}: {place.RemoteId}");
        if (item.State != ItemState.Published)
            Console.WriteLine($"{item.State}: {Words.Sentence(item.Reason ?? "the next start goes on with it")}");
        return item.State == ItemState.Published || places.Count > 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCode.Failed;
    }
}
