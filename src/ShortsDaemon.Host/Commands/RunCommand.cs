using System.CommandLine;
using System.Net.Sockets;
using ShortsDaemon.Host.Alerting;
using ShortsDaemon.Host.Configuration;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Host.Jobs;
using ShortsDaemon.Host.Jobs.Watch;
using ShortsDaemon.Host.Logging;
using ShortsDaemon.Host.Metrics;
using ShortsDaemon.Host.Web;
using ShortsDaemon.Host.Web.Security;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>The daemon itself.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "Runs the daemon (the default).");
        command.SetAction(RunAsync);
        return command;
    }

    public static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        // A signal is only listened to once the action has given its task back; before, it ends the process with 143.
        await Task.Yield();
        var warm = Task.Run(DatabaseStart.WarmUpAsync, cancel);
        if (LoadedConfiguration.Load(parsed) is not { } configuration)
            return ExitCode.Usage;
        using var taken = await CommandServices.TakeLockAsync(CommandServices.DataOf(configuration), cancel);
        if (taken is null)
            return ExitCode.Failed;
        await using var daemon = Build(configuration);
        try
        {
            await warm;
            if (WrongWithRoom(daemon) is { } wrong)
            {
                Log(daemon).LogCritical("{Reason}", wrong);
                return ExitCode.Usage;
            }
            await daemon.Services.GetRequiredService<DatabaseStart>().PrepareAsync(cancel);
            daemon.Services.GetRequiredService<FlowLog>().Start();
            daemon.Services.GetRequiredService<FaceModelLog>().Start();
            await daemon.StartAsync(cancel);
            await daemon.WaitForShutdownAsync(cancel);
            return HasBrokenDown(daemon) ? ExitCode.Failed : ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCode.Done; // asked to stop before it was up
        }
        catch (DatabaseUnusableException e)
        {
            Log(daemon).LogCritical("{Reason}", e.Message);
        }
        catch (Exception e)
            when (e is SocketException
                || e.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException
            )
        {
            await StopAfterBadStartAsync(daemon);
            Log(daemon)
                .LogCritical(
                    "Nothing can listen on {Urls}: {Reason} Change Daemon:Urls, or stop who listens there.",
                    configuration.Live.Value.Daemon.Urls,
                    e.Message
                );
        }
        return ExitCode.Failed;
    }

    /// <returns>Why the control room may not be opened; null: it may, or is not wanted.</returns>
    private static string? WrongWithRoom(WebApplication daemon)
    {
        var options = daemon.Services.GetRequiredService<LiveOptions>().Value;
        if (!options.Web.Enabled || !RoomAccess.IsOpen(options.Daemon))
            return null;
        try
        {
            return daemon.Services.GetRequiredService<Accounts>().Any
                ? null
                : $"Other machines can reach {options.Daemon.Urls}, and anybody there could enter the control room. Create an account (ShortsDaemon user add NAME), or set Web:Enabled to false.";
        }
        catch (CredentialException e)
        {
            return $"Who may enter the control room cannot be read: {e.Message}.";
        }
    }

    // What has started already would otherwise be torn down at work, and complain. The scheduler waits for a start that
    // never comes, so it is not waited for.
    private static async Task StopAfterBadStartAsync(WebApplication daemon)
    {
        using var brief = new CancellationTokenSource(TimeSpan.FromSeconds(1), TimeProvider.System);
        await daemon.StopAsync(brief.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // The host stops when one of its services throws, but calls that a good end.
    private static bool HasBrokenDown(WebApplication daemon) =>
        daemon
            .Services.GetServices<IHostedService>()
            .OfType<BackgroundService>()
            .Any(s => s.ExecuteTask is { IsFaulted: true });

    private static WebApplication Build(LoadedConfiguration configuration)
    {
        var live = configuration.Live;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .UseUrls(
                live.Value.Daemon.Urls.Split(
                    ';',
                    StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
                )
            );
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(o =>
            o.ShutdownTimeout = TimeSpan.FromSeconds(live.Value.Daemon.StopSeconds)
        );
        builder.Logging.AddShortsLog(live, CommandServices.DataOf(configuration), toConsole: true);
        builder.Services.AddPipeline(live);
        builder.Services.AddSingleton(configuration.Files).AddSingleton(configuration.Reader);
        builder.Services.AddHostedService<ConfigurationReload>();
        builder.Services.AddSingleton<FlowLog>();
        builder.Services.AddSingleton<FaceModelLog>();
        builder.Services.AddShortsHealth().AddShortsMetrics();
        builder.Services.AddJobs(TimeProvider.System).AddWatchdog();
        builder.Services.AddAlerting();
        var hasRoom = live.Value.Web.Enabled;
        if (hasRoom)
            builder.Services.AddControlRoom(live, CommandServices.DataOf(configuration));
        var app = builder.Build();
        app.MapShortsHealth().MapShortsMetrics();
        if (hasRoom)
            app.MapControlRoom();
        Announce(app, live.Value.Daemon.DataDirectory, hasRoom);
        return app;
    }

    private static void Announce(WebApplication app, string data, bool hasRoom)
    {
        app.Lifetime.ApplicationStarted.Register(() =>
            Log(app)
                .LogInformation(
                    "ShortsDaemon works in '{Data}', {Pages}health at {Urls}",
                    data,
                    hasRoom ? $"control room at {string.Join(", ", app.Urls)}, " : "",
                    string.Join(", ", app.Urls.Select(u => u + "/health"))
                )
        );
        app.Lifetime.ApplicationStopping.Register(() => Log(app).LogInformation("Stopping"));
        app.Lifetime.ApplicationStopped.Register(() => Log(app).LogInformation("Stopped"));
    }

    private static ILogger<InstanceLock> Log(WebApplication app) =>
        app.Services.GetRequiredService<ILogger<InstanceLock>>();
}
