using System.CommandLine;
using ShortsDaemon.Host.Alerting;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>Sends a test to each receiver of alerts.</summary>
internal static class AlertsTestCommand
{
    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "test",
            "Sends a test to each receiver, quiet hours or not, and says what came of it. "
                + "Exit code: 0 all were told, 1 one was not, 2 wrong usage or configuration, or there is no receiver."
        )
        {
            Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (LoadedConfiguration.Load(parsed) is not { } configuration)
            return ExitCode.Usage;
        var receivers = configuration.Live.Value.Receivers;
        if (receivers.Count == 0)
        {
            await Console.Error.WriteLineAsync(
                "There is no receiver: add one under Alerts, see docs/configuration.md."
            );
            return ExitCode.Usage;
        }
        await using var services = CommandServices.Build(configuration, toFile: false);
        var channels = services.GetRequiredService<AlertChannels>();
        var outcomes = await Task.WhenAll(receivers.Select(r => TryAsync(channels, r, cancel)));
        return Tell(outcomes, parsed.GetValue(Json));
    }

    private static async Task<Outcome> TryAsync(
        AlertChannels channels,
        ReceiverOptions receiver,
        CancellationToken cancel
    )
    {
        try
        {
            await channels.SendAsync(receiver, Test(), cancel);
            return new Outcome(receiver.NameOrType, receiver.Type, Told: true, "");
        }
        catch (NotToldException e)
        {
            return new Outcome(receiver.NameOrType, receiver.Type, Told: false, e.Message);
        }
    }

    private static Notice Test()
    {
        var now = TimeProvider.System.GetUtcNow();
        var entry = new NoticeEntry(
            0,
            AlertNews.Raised,
            AlertLevel.Warning,
            "Test",
            "alerts test",
            "Somebody wanted to know whether alerts arrive here. They do.",
            now,
            null,
            1
        );
        return new Notice(Environment.MachineName, now, [entry], 1, 0);
    }

    private static int Tell(Outcome[] outcomes, bool json)
    {
        if (json)
            JsonOutput.Write(outcomes);
        else
        {
            var table = new TextTable("receiver", "type", "outcome", "why");
            foreach (var outcome in outcomes)
                table.Add(outcome.Receiver, outcome.Type, outcome.Told ? "told" : "fail", outcome.Why);
            table.Print();
        }
        return outcomes.All(o => o.Told) ? ExitCode.Done : ExitCode.Failed;
    }

    private sealed record Outcome(string Receiver, string Type, bool Told, string Why);
}
