using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using ShortsDaemon.Host;
using ShortsDaemon.Host.Configuration;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.IntegrationTests.Web.Channels;

/// <summary>The configuration in force on the page of a channel, and what it says of a bad edit.</summary>
public sealed class SettingsTests
{
    private const string Good = """
        { "Channels": { "main": {
          "Schedule": ["0 0 12 * * ?"],
          "Sources": [{ "Type": "Folder", "Path": "in" }],
          "Destinations": [{ "Type": "Folder", "Path": "out" }] } } }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("settings-");

    [OneTimeTearDown]
    public void Remove() => _folder.Delete(recursive: true);

    [Test]
    public async Task Values_tell_where_they_come_from_and_a_bad_edit_is_shown_until_it_is_mended()
    {
        await using var room = await Room.OpenAsync();
        var file = Path.Combine(_folder.FullName, "shorts.json");
        await File.WriteAllTextAsync(file, Good);
        using var reload = Reload(room.Live, file);
        await reload.StartAsync(default);

        var page = await PageAsync(room, "/channels/main", "Configuration in force");

        Assert.That(page, Does.Match($"(?s)Sources:0:Path</code></dt>.*?{_folder.FullName}/in .*?{file}<"));
        Assert.That(page, Does.Match($"(?s)Schedule:0:Cron</code></dt>.*?0 0 12 .*?{file}<"));
        Assert.That(page, Does.Match("(?s)TimeZone</code></dt>.*?Europe/Berlin .*?environment<"));
        Assert.That(page, Does.Match("(?s)main:Enabled</code></dt>.*?default<"));
        Assert.That(page, Does.Contain("0 0 12 * * ?").And.Contain("12:00 Europe/Berlin"));

        await File.WriteAllTextAsync(
            file,
            Good.Replace("\"Folder\", \"Path\": \"out\"", "\"Floder\"", StringComparison.Ordinal)
        );
        var bad = await PageAsync(room, "/channels", "The latest edit of the configuration is refused");

        Assert.That(bad, Does.Match("The last good one stays in force, as it has since <time"));
        Assert.That(bad, Does.Contain("Channels:main:Destinations:0").And.Contain("Floder"));
        Assert.That(await room.PageAsync("/channels/main"), Does.Contain("/out "));

        await File.WriteAllTextAsync(file, Good.Replace("\"out\"", "\"elsewhere\"", StringComparison.Ordinal));
        Assert.That(await PageAsync(room, "/channels/main", "/elsewhere "), Does.Not.Contain("is refused"));
        await reload.StopAsync(default);
    }

    private ConfigurationReload Reload(LiveOptions live, string file)
    {
        var around = new ConfigurationSurroundings(
            _folder.FullName,
            _folder.FullName,
            "Test",
            new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
            {
                ["Channels:main:TimeZone"] = "Europe/Berlin",
            }
        );
        return new ConfigurationReload(
            new ConfigurationFiles(new ConfigurationArguments([file]), around),
            new OptionsReader(PlugIns.Options, new CronSyntax(TimeProvider.System).Problem),
            live,
            TimeProvider.System,
            NullLogger<ConfigurationReload>.Instance
        );
    }

    // An edit counts once its file has been left alone for a moment.
    private static async Task<string> PageAsync(Room room, string address, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            using var answer = await room.Browser.GetAsync(address, limit.Token);
            var page = System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(limit.Token));
            if (page.Contains(text, StringComparison.Ordinal))
                return page;
            await Task.Delay(50, limit.Token);
        }
    }
}
