using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>The fire ledger: which times of the schedules were kept, and why the others were not.</summary>
internal static class FiresCommand
{
    private static readonly Option<string?> ChannelName = new("--channel")
    {
        Description = "Only this channel.",
        HelpName = "C",
    };

    private static readonly Option<double> Hours = new("--hours")
    {
        Description = "How far back, in hours.",
        HelpName = "N",
        DefaultValueFactory = _ => 24,
    };

    private static readonly Option<bool> All = new("--all") { Description = "Also the times that were kept." };

    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "fires",
            "Shows which scheduled times were kept, late, missed or merged, and why. Works while the daemon runs. "
                + "Exit code: 0 done, 1 the database cannot be read, 2 wrong usage or configuration."
        )
        {
            ChannelName,
            Hours,
            All,
            Json,
        };
        command.SetAction(
            (parsed, cancel) =>
                DatabaseQuestion.AskAsync(
                    parsed,
                    async (configuration, db) =>
                    {
                        var slots = await ReadAsync(parsed, db, cancel);
                        if (parsed.GetValue(Json))
                            JsonOutput.Write(Chosen(slots, parsed));
                        else
                            Print(slots, configuration, parsed);
                        return ExitCode.Done;
                    },
                    () =>
                    {
                        Console.WriteLine(parsed.GetValue(Json) ? "[]" : "Nothing was due yet.");
                        return ExitCode.Done;
                    },
                    cancel
                )
        );
        return command;
    }

    private static async Task<List<FireSlot>> ReadAsync(ParseResult parsed, ShortsDb db, CancellationToken cancel)
    {
        var since = TimeProvider.System.GetUtcNow().AddHours(-parsed.GetValue(Hours));
        var slots = db.FireSlots.AsNoTracking().Where(s => s.DueAt >= since);
        if (parsed.GetValue(ChannelName) is { } channel)
            slots = slots.Where(s => EF.Functions.Collate(s.Channel, "NOCASE") == channel);
        return await slots.OrderBy(s => s.DueAt).ToListAsync(cancel);
    }

    private static List<FireSlot> Chosen(List<FireSlot> slots, ParseResult parsed) =>
        parsed.GetValue(All) ? slots : [.. slots.Where(s => s.Outcome != FireOutcome.Ran)];

    private static void Print(List<FireSlot> slots, LoadedConfiguration configuration, ParseResult parsed)
    {
        foreach (var channel in slots.GroupBy(s => s.Channel, StringComparer.OrdinalIgnoreCase))
            Console.WriteLine(
                $"{channel.Key}: {channel.Count()} times were due; "
                    + string.Join(", ", channel.GroupBy(s => s.Outcome).Select(g => $"{g.Count()} {Word(g.Key)}"))
            );
        if (slots.Count == 0)
            Console.WriteLine("Nothing was due in that time.");
        var chosen = Chosen(slots, parsed);
        if (chosen.Count == 0)
            return;
        var table = new TextTable("due", "channel", "schedule", "outcome", "ran at", "cause");
        foreach (var slot in chosen)
        {
            var clock = ChannelClock.Of(configuration.Live.Value, slot.Channel);
            var fired = slot.FiredAt is { } at ? clock.Say(at) : "";
            table.Add(
                clock.SayWithOffset(slot.DueAt),
                slot.Channel,
                slot.Cron,
                Word(slot.Outcome),
                fired,
                Word(slot.Cause)
            );
        }
        table.Print();
    }

    private static string Word(FireOutcome outcome) =>
        outcome switch
        {
            FireOutcome.Ran => "kept",
            FireOutcome.Late => "late",
            FireOutcome.Missed => "missed",
            _ => "merged into a later run",
        };

    private static string Word(FireCause cause) =>
        cause switch
        {
            FireCause.None => "",
            FireCause.Down => "the daemon did not run",
            FireCause.Asleep => "the machine slept",
            FireCause.ClockJump => "the clock was set",
            FireCause.Paused => "the channel was paused",
            FireCause.Busy => "the run before was still under way",
            _ => "unknown",
        };
}
