using Microsoft.Extensions.Logging;
using NUnit.Framework;
using ShortsDaemon.Host.Configuration;
using ShortsDaemon.Pipeline.Configuration;
using static ShortsDaemon.Tests.Configuration.ConfigurationSandbox;

namespace ShortsDaemon.Tests.Configuration;

public sealed class ConfigurationReloadTests
{
    private ConfigurationSandbox _box = null!;
    private LogLines _log = null!;
    private LiveOptions _live = null!;
    private ConfigurationReload _reload = null!;
    private string _file = null!;

    [SetUp]
    public async Task Start()
    {
        _box = new();
        _log = new();
        _file = _box.Write("shorts.json", Lanes(1));
        var files = _box.Files(new([_file]));
        var reader = _box.Reader();
        _live = new(files.Read(reader).Options!);
        _reload = new(files, reader, _live, TimeProvider.System, _log);
        await _reload.StartAsync(CancellationToken.None);
    }

    [TearDown]
    public async Task Stop()
    {
        await _reload.StopAsync(CancellationToken.None);
        _reload.Dispose();
        _box.Dispose();
    }

    [Test]
    public async Task A_good_edit_comes_into_force_and_is_told_once()
    {
        ShortsOptions? told = null;
        _live.Changed += options => told = options;

        File.WriteAllText(_file, Lanes(2, $", {Channel("second")}"));

        await Until(() => _live.Value.Encoding.Lanes == 2);
        await Until(() => _log.Lines.Count == 1);
        Assert.That(told, Is.SameAs(_live.Value));
        Assert.That(_live.Problems, Is.Empty);
        Assert.That(
            _log.Lines,
            Is.EqualTo(["Information: Configuration edit in force; changed: Channels:second (new), Encoding:Lanes"])
        );
    }

    [Test]
    public async Task A_bad_edit_changes_nothing_is_told_and_heals()
    {
        var before = _live.Value;
        File.WriteAllText(_file, Lanes(65).Replace("inbox-out", "inbox-in/out"));

        await Until(() => _live.Problems.Count == 1);
        Assert.That(_live.Value, Is.SameAs(before));
        Assert.That(_live.Problems.Single().Key, Is.EqualTo("Encoding:Lanes"));

        File.WriteAllText(_file, Lanes(3));
        await Until(() => _log.Lines.Count == 2);
        Assert.That(_live.Problems, Is.Empty);
        Assert.That(_live.Value.Encoding.Lanes, Is.EqualTo(3));
        Assert.That(
            _log.Lines[0],
            Does.StartWith("Error: Configuration edit refused").And.Contain("65 is out of range")
        );
        Assert.That(_log.Lines[1], Is.EqualTo("Information: The configuration is good again; changed: Encoding:Lanes"));
    }

    [Test]
    public async Task Broken_json_changes_nothing_and_names_the_line()
    {
        var before = _live.Value;
        File.WriteAllText(_file, Lanes(2) + "\n}");

        await Until(() => _live.Problems.Count == 1);
        Assert.That(_live.Value, Is.SameAs(before));
        Assert.That(_live.Problems.Single().Key, Is.EqualTo(_file));
        Assert.That(_live.Problems.Single().What, Does.StartWith("line "));

        File.WriteAllText(_file, Lanes(1));
        await Until(() => _log.Lines.Count == 2);
        Assert.That(_live.Problems, Is.Empty);
        Assert.That(_log.Lines[1], Does.EndWith("changed: nothing"));
    }

    [Test]
    public async Task A_file_renamed_over_the_old_one_counts_even_with_the_same_size_and_age()
    {
        var next = _box.Write("shorts.json.swp", Lanes(2));
        File.SetLastWriteTimeUtc(next, File.GetLastWriteTimeUtc(_file));
        File.Move(next, _file, overwrite: true);

        await Until(() => _live.Value.Encoding.Lanes == 2);
    }

    [Test]
    public async Task A_vanished_file_keeps_the_last_good_one_until_it_is_back()
    {
        var before = _live.Value;
        File.Move(_file, _file + "~");
        await Until(() => _live.Problems.Count == 1);
        Assert.That(_live.Value, Is.SameAs(before));

        File.Move(_file + "~", _file);
        await Until(() => _live.Problems.Count == 0);
    }

    [Test]
    public async Task A_link_pointed_elsewhere_counts()
    {
        File.Delete(_file);
        File.CreateSymbolicLink(_file, _box.Write("v2.json", Lanes(2)));
        await Until(() => _live.Value.Encoding.Lanes == 2);

        var link = _box.Write("v3.json", Lanes(3));
        File.CreateSymbolicLink(_file + ".new", link);
        File.Move(_file + ".new", _file, overwrite: true);
        await Until(() => _live.Value.Encoding.Lanes == 3);
    }

    [Test]
    public async Task An_edit_in_many_steps_ends_in_its_last_state()
    {
        var text = Lanes(7);
        for (var length = 0; length < text.Length; length += 8)
            File.WriteAllText(_file, text[..length]);
        File.WriteAllText(_file, text);

        await Until(() => _live.Value.Encoding.Lanes == 7);
        Assert.That(_live.Problems, Is.Empty);
    }

    [Test]
    public async Task An_appsettings_file_that_appears_counts()
    {
        File.WriteAllText(
            Path.Combine(_box.Program, "appsettings.Production.json"),
            """{ "Log": { "Level": "Debug" } }"""
        );

        await Until(() => _live.Value.Log.Level == LogLevelName.Debug);
    }

    [Test]
    public async Task A_typing_error_is_warned_of_and_the_rest_comes_into_force()
    {
        File.WriteAllText(_file, Lanes(2).Replace("\"Sources\"", "\"Sauces\": [], \"Sources\""));

        await Until(() => _live.Value.Encoding.Lanes == 2);
        await Until(() => _log.Lines.Count == 2);
        Assert.That(_live.Problems.Single().Key, Is.EqualTo("Channels:inbox:Sauces"));
        Assert.That(_log.Lines[0], Does.StartWith("Warning: ").And.Contain("Did you mean Sources?"));
    }

    [Test]
    public async Task What_needs_a_restart_stays_and_is_warned_of_until_then()
    {
        var before = _live.Value;
        File.WriteAllText(_file, Lanes(2, root: """, "Daemon": { "DataDirectory": "elsewhere" }"""));

        await Until(() => _live.Value.Encoding.Lanes == 2);
        Assert.That(_live.Value.Daemon.DataDirectory, Is.EqualTo(before.Daemon.DataDirectory));
        Assert.That(_live.Value.Storage.ConnectionString, Is.EqualTo(before.Storage.ConnectionString));
        Assert.That(_live.Problems.Select(problem => problem.IsError), Is.All.False);
        Assert.That(_live.Problems.Select(problem => problem.Key), Does.Contain("Daemon:DataDirectory"));
        Assert.That(OptionsDifference.Changed(before, _live.Value), Is.EqualTo(["Encoding:Lanes"]));

        File.WriteAllText(_file, Lanes(2));
        await Until(() => _live.Problems.Count == 0);
    }

    private static string Lanes(int lanes, string channels = "", string root = "") =>
        $$"""{ "Channels": { {{Channel()}} {{channels}} }, "Encoding": { "Lanes": {{lanes}} } {{root}} }""";

    private static async Task Until(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition() && !deadline.IsCancellationRequested)
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        Assert.That(condition(), Is.True, "it did not happen in time");
    }

    private sealed class LogLines : ILogger<ConfigurationReload>
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines)
                    return [.. _lines];
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            lock (_lines)
                _lines.Add($"{logLevel}: {formatter(state, exception)}");
        }
    }
}
