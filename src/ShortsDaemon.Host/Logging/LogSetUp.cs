using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Logging;

/// <summary>One line per event: to the console, and to files bounded in size and number.</summary>
internal static class LogSetUp
{
    private const string Line =
        "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {Where}{Message:lj}{NewLine}{Exception}";
    private const long MiB = 1024 * 1024;

    /// <inheritdoc cref="Create"/>
    public static ILoggingBuilder AddShortsLog(
        this ILoggingBuilder logging,
        LiveOptions live,
        DataFolder data,
        bool toConsole
    )
    {
        logging.Services.AddSingleton(_ => new OpenLog(Create(live, data, toConsole)));
        logging.Services.AddSingleton<ILoggerProvider>(services => new SerilogLoggerProvider(
            services.GetRequiredService<OpenLog>().Logger
        ));
        return logging.AddFilter<SerilogLoggerProvider>(null, LogLevel.Trace);
    }

    /// <param name="live">Level (followed while running), sizes and counts.</param>
    /// <param name="data">Where the files go.</param>
    /// <param name="toConsole">False while a progress bar owns the terminal.</param>
    private static Logger Create(LiveOptions live, DataFolder data, bool toConsole)
    {
        var level = new LoggingLevelSwitch(Level(live.Value));
        live.Changed += options => level.MinimumLevel = Level(options);
        var log = live.Value.Log;
        ITextFormatter toFile = log.Json
            ? new JsonFormatter(renderMessage: true)
            : new MessageTemplateTextFormatter(Line);
        var configuration = new LoggerConfiguration()
            .MinimumLevel.ControlledBy(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Fatal)
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Fatal)
            // It logs every bad answer anew; HealthLog tells each change once.
            .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal)
            // What keeps the host from starting is said by the run command, in words.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting", LogEventLevel.Fatal)
            // It would warn that the key of the cookies lies there in plain: it signs nothing but logins of this very folder.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .Enrich.FromLogContext()
            .WriteTo.Async(sink =>
                sink.File(
                    toFile,
                    Path.Combine(data.Logs, "shorts-.log"),
                    rollingInterval: RollingInterval.Day,
                    fileSizeLimitBytes: log.FileSizeMiB * MiB,
                    rollOnFileSizeLimit: true,
                    retainedFileCountLimit: log.Files
                )
            );
        if (toConsole)
            configuration.WriteTo.Console(
                outputTemplate: Line,
                formatProvider: System.Globalization.CultureInfo.InvariantCulture
            );
        return configuration.CreateLogger();
    }

    private static LogEventLevel Level(ShortsOptions options) =>
        Enum.Parse<LogEventLevel>(options.Log.Level.ToString());
}
