using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Commands;

/// <summary>Secrets are laid wherever one may lie; none may get into the bundle, and what is useful must.</summary>
public sealed class SupportBundleTests
{
    // Part of every secret, untouched by any way of writing it down.
    private const string Mark = "PLANTED";

    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private int _planted;
    private Sandbox _sandbox = null!;

    [SetUp]
    public void MakeSandbox() => _sandbox = new Sandbox();

    [TearDown]
    public void RemoveSandbox() => _sandbox.Dispose();

    [Test]
    public async Task No_secret_gets_out_and_what_helps_does()
    {
        await _sandbox.MakeDatabaseAsync();
        var everywhere = new List<string>();
        var config = PlantInConfiguration(everywhere);
        PlantInFiles(everywhere);
        _sandbox.Environment["SOME_API_TOKEN"] = Keep(everywhere);
        var session = Keep(everywhere);
        await PlantInDatabaseAsync(session, everywhere);
        PlantInLog(everywhere);
        var zip = Path.Combine(_sandbox.Root, "bundle.zip");

        var answer = await _sandbox.RunAsync("support-bundle", "--output", zip, "--config", config);

        Assert.That(answer.ExitCode, Is.Zero, answer.Output + answer.Errors);
        var entries = await ReadAsync(zip);
        foreach (var (name, bytes) in entries)
            Assert.That(
                Lines(bytes).Where(line => line.Contains(Mark, StringComparison.OrdinalIgnoreCase)),
                Is.Empty,
                name
            );
        Assert.That(answer.Output + answer.Errors, Does.Not.Contain(Mark));
        AssertUseful(answer, entries);
        Assert.That(File.GetUnixFileMode(zip), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task With_a_bad_configuration_and_a_damaged_database_there_is_still_a_bundle()
    {
        await _sandbox.MakeDatabaseAsync();
        await File.WriteAllTextAsync(_sandbox.Database, new string('x', 10000));
        var answer = await _sandbox.RunAsync(
            "support-bundle",
            "Channels:inbox:TimeZone=Nowhere",
            "Tools:FFmpeg=/no/ffmpeg"
        );
        Assert.That(answer.ExitCode, Is.Zero, answer.Errors);
        Assert.That(answer.Output, Does.Contain("! database.json: it could not be made"));
        var zip = Directory.GetFiles(_sandbox.Root, "shorts-support-*.zip").Single();
        Assert.That(Text(await ReadAsync(zip), "doctor.json"), Does.Contain("'Nowhere' is not a time zone"));
    }

    [Test]
    public async Task A_file_that_is_there_is_not_written_over()
    {
        var there = Path.Combine(_sandbox.Root, "there.zip");
        await File.WriteAllTextAsync(there, "mine");
        var answer = await _sandbox.RunAsync("support-bundle", "--output", there);
        Assert.That(answer.ExitCode, Is.EqualTo(1));
        Assert.That(answer.Errors, Does.Contain("--output"));
        Assert.That(await File.ReadAllTextAsync(there), Is.EqualTo("mine"));
    }

    private static void AssertUseful(ProgramAnswer answer, Dictionary<string, byte[]> entries)
    {
        Assert.That(
            entries.Keys,
            Is.EquivalentTo(
                new[]
                {
                    "versions.json",
                    "doctor.json",
                    "configuration.json",
                    "health.json",
                    "database.json",
                    "log.txt",
                    "README.txt",
                }
            )
        );
        Assert.That(
            answer.Output,
            Does.Match(@"bundle\.zip, \d+ KiB").And.Contain("database.json").And.Not.Contain("! ")
        );
        foreach (var name in entries.Keys.Where(name => name.EndsWith(".json", StringComparison.Ordinal)))
            Assert.That(() => JsonDocument.Parse(entries[name]), Throws.Nothing, name);
        var database = JsonNode.Parse(entries["database.json"])!;
        Assert.That((int)database["facts"]!["rows"]!["Items"]!, Is.EqualTo(2));
        Assert.That(database["latest"]!.ToJsonString(), Does.Contain("match point").And.Contain("it failed with"));
        Assert.That((bool)database["latest"]!["publications"]![0]!["hasSession"]!, Is.True);
        var options = JsonNode.Parse(entries["configuration.json"])!["options"]!;
        Assert.That((string?)options["Twitch"]!["ClientSecret"], Is.EqualTo("***"));
        Assert.That((string?)options["Twitch"]!["ClientId"], Is.EqualTo("the-application"));
        Assert.That((string?)options["Alerts"]![0]!["Type"], Is.EqualTo("Telegram"));
        Assert.That(Text(entries, "doctor.json"), Does.Contain("ffmpeg"));
        Assert.That(Text(entries, "log.txt"), Does.Contain("an innocent line").And.Contain("a last innocent line"));
    }

    private string PlantInConfiguration(List<string> planted)
    {
        var config = new JsonObject
        {
            ["Twitch"] = new JsonObject { ["ClientId"] = "the-application", ["ClientSecret"] = Keep(planted) },
            ["HealthPing"] = new JsonObject { ["Url"] = $"https://hc-ping.com/{Keep(planted)}" },
            ["Backup"] = new JsonObject { ["PassphraseFile"] = Path.Combine(_sandbox.Root, "passphrase") },
            ["Alerts"] = new JsonArray(
                new JsonObject
                {
                    ["Type"] = "Telegram",
                    ["BotToken"] = Keep(planted),
                    ["ChatId"] = Keep(planted),
                },
                new JsonObject { ["Type"] = "Slack", ["Url"] = $"https://hooks.slack.com/services/{Keep(planted)}" },
                new JsonObject { ["Type"] = "Discord", ["UrlFile"] = Path.Combine(_sandbox.Root, "discord.url") },
                new JsonObject { ["Type"] = "Ntfy", ["Topic"] = Keep(planted) },
                new JsonObject
                {
                    ["Type"] = "Command",
                    ["Program"] = "/bin/true",
                    ["Arguments"] = new JsonArray("-H", $"Authorization: {Keep(planted)}"),
                }
            ),
        };
        var file = Path.Combine(_sandbox.Root, "config.json");
        File.WriteAllText(file, config.ToJsonString());
        return file;
    }

    private void PlantInFiles(List<string> planted)
    {
        Write("passphrase", Keep(planted));
        Write("discord.url", $"https://discord.com/api/webhooks/1/{Keep(planted)}\n");
        Write(
            "credentials/client_secret.json",
            $$"""{"installed": {"client_id": "x", "client_secret": {{Quoted(planted)}} } }"""
        );
        Write(
            "credentials/youtube-main.json",
            $$"""{"accessToken":{{Quoted(planted)}},"refreshToken":{{Quoted(planted)}},"unheardOf":[{{Quoted(planted)}}]}"""
        );
        Write(
            "credentials/some.key",
            $"-----BEGIN PRIVATE KEY-----\n{Keep(planted)}\n{Keep(planted)}\n-----END PRIVATE KEY-----\n"
        );
    }

    private async Task PlantInDatabaseAsync(string session, List<string> planted)
    {
        await using var db = _sandbox.Open();
        var item = db.Items.First();
        var rendition = new Rendition
        {
            ItemId = item.Id,
            Layout = "CentreCrop",
            Encoder = "libx264",
            MadeAt = Noon,
        };
        db.Add(rendition);
        await db.SaveChangesAsync();
        db.Add(
            new Publication
            {
                ItemId = item.Id,
                RenditionId = rendition.Id,
                Destination = "inbox/YouTube",
                Sha256 = "00",
                SessionUri = $"https://upload.example/{session}",
                Remark = $"the session https://upload.example/{session} ended",
            }
        );
        var words = string.Join("; ", planted.Select((secret, i) => $"{i} it failed with {secret}"));
        item.Reason = words;
        db.Add(
            new Attempt
            {
                ItemId = item.Id,
                Stage = ItemState.Publish,
                Result = AttemptResult.Waiting,
                Reason = words + " " + string.Join(" ", Unknown()),
            }
        );
        db.Add(
            new Alert
            {
                Rule = "JobFailed",
                Subject = "backup",
                Message = string.Join(" ", Unknown()) + words,
            }
        );
        db.Add(new JobRun { Job = "backup", Message = words });
        db.Add(new Hold { Scope = "account:YouTube/main", Reason = words });
        await db.SaveChangesAsync();
    }

    private void PlantInLog(List<string> planted)
    {
        var logs = Directory.CreateDirectory(Path.Combine(_sandbox.Data, "logs")).FullName;
        List<string> lines = ["an innocent line"];
        foreach (var secret in planted)
            lines.AddRange([
                $"raw {secret} in the middle",
                $"as JSON {JsonSerializer.Serialize(secret)}",
                $"in an address https://api.example/x?y=1&z={Uri.EscapeDataString(secret)}",
                $"escaped in its path https://api.example/{Uri.EscapeDataString(secret)}/x",
                $"as a name and password {Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))}",
            ]);
        lines.AddRange(Unknown());
        lines.Add("a last innocent line");
        File.WriteAllLines(Path.Combine(logs, "shorts-20260115.log"), lines);
    }

    /// <summary>Secrets that nothing on this machine knows; only their looks give them away.</summary>
    private IEnumerable<string> Unknown() =>
        [
            $"Authorization: Bearer {Plant()}",
            $"Authorization: Digest user={Plant()} and more",
            $"GET https://host/file.mp4?sig={Plant()} answered 403",
            $"https://name:{Plant()}@host/ did not answer",
            $$"""{"access_token":"{{Plant()}}","refresh_token": "{{Plant()}}"}""",
            $$"""{\"client_secret\":\"{{Plant()}}\"}""",
            $"password={Plant()} api_key: {Plant()}",
            $"Set-Cookie: {Plant()}; Path=/",
            $"POST https://hooks.slack.com/services/T0/B0/{Plant()} answered 500",
            $"POST https://discord.com/api/webhooks/1/{Plant()} answered 500",
            $"POST https://api.telegram.org/bot{Plant()}/sendMessage answered 500",
            $"a token of Google ya29.{Mark}abcdefgh and 1//{Mark}abcdefgh",
        ];

    private string Plant() => $"{Mark}{_planted++:000}xyzzy";

    /// <summary>One with all that has to be written otherwise in JSON and in addresses.</summary>
    private string Keep(List<string> planted)
    {
        planted.Add($"{Mark}{_planted++:000}+/\"&é=");
        return planted[^1];
    }

    private string Quoted(List<string> planted) => JsonSerializer.Serialize(Keep(planted));

    private void Write(string name, string text)
    {
        var path = Path.Combine(_sandbox.Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static async Task<Dictionary<string, byte[]>> ReadAsync(string zip)
    {
        var entries = new Dictionary<string, byte[]>();
        await using var archive = await ZipFile.OpenReadAsync(zip);
        foreach (var entry in archive.Entries)
        {
            using var bytes = new MemoryStream();
            await using var stream = await entry.OpenAsync();
            await stream.CopyToAsync(bytes);
            entries[entry.FullName] = bytes.ToArray();
        }
        return entries;
    }

    private static string Text(Dictionary<string, byte[]> entries, string name) =>
        Encoding.UTF8.GetString(entries[name]);

    private static string[] Lines(byte[] bytes) => Encoding.Latin1.GetString(bytes).Split('\n');
}
