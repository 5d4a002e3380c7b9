using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Backups;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Tests.Backups;

/// <summary>Whatever may have become of a backup since, it is refused in words before anything is touched.</summary>
internal sealed class BackupProofTests
{
    private BackupWorld _world = null!;
    private Backup _backup = null!;

    [SetUp]
    public async Task MakeWorldAsync()
    {
        _world = new BackupWorld();
        for (var i = 0; i < 100; i++)
            await _world.AddItemAsync($"clip {i}");
        _backup = await _world.MakeAsync();
    }

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task A_truncated_file()
    {
        await using (var file = File.OpenWrite(_backup.Database))
            file.SetLength(8192);
        Refused("bytes instead of");
    }

    [Test]
    public async Task A_flipped_bit()
    {
        var bytes = await File.ReadAllBytesAsync(_backup.Database);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(_backup.Database, bytes);
        Refused("SHA-256");
    }

    [Test]
    public async Task A_damaged_page_in_a_file_whose_hash_fits()
    {
        var bytes = await File.ReadAllBytesAsync(_backup.Database);
        bytes.AsSpan(bytes.Length / 4096 / 2 * 4096, 20 * 4096).Fill(0xA5);
        await File.WriteAllBytesAsync(_backup.Database, bytes);
        await ForgeAsync();
        Refused("is damaged:");
    }

    [Test]
    public async Task A_foreign_file_whose_hash_fits()
    {
        await File.WriteAllTextAsync(_backup.Database, new string('x', 9000));
        await ForgeAsync();
        Refused("not a database");
    }

    [Test]
    public async Task Another_programs_database()
    {
        File.Delete(_backup.Database);
        BackupWorld.Execute(_backup.Database, "create table Things (Id integer)");
        await ForgeAsync();
        Refused("not a database of ShortsDaemon");
    }

    [Test]
    public async Task A_newer_schema()
    {
        BackupWorld.Execute(
            _backup.Database,
            "insert into __EFMigrationsHistory values ('99990101000000_Future', '99')"
        );
        await ForgeAsync(m =>
        {
            m["schema"] = "99990101000000_Future";
            m["rows"]!["__EFMigrationsHistory"] = m["rows"]!["__EFMigrationsHistory"]!.GetValue<long>() + 1;
        });
        Refused("newer ShortsDaemon");
    }

    [Test]
    public async Task Rows_that_are_missing()
    {
        BackupWorld.Execute(_backup.Database, "delete from Items where Id = 1");
        await ForgeAsync();
        Refused("Items has 99 rows instead of 100");
    }

    [Test]
    public async Task Rows_that_refer_to_nothing()
    {
        BackupWorld.Execute(_backup.Database, "PRAGMA foreign_keys = off; delete from Channels");
        await ForgeAsync(m => m["rows"]!["Channels"] = 0);
        Refused("not consistent");
    }

    [Test]
    public void A_missing_manifest()
    {
        File.Delete(Path.Combine(_backup.Folder, BackupManifest.FileName));
        Refused("no manifest.json");
    }

    [TestCase("{ half", "cannot be read")]
    [TestCase("[]", "cannot be read")]
    [TestCase("""{"name":"somebody else's"}""", "cannot be read")]
    [TestCase("null", "not the manifest")]
    public async Task A_manifest_of_another_kind(string text, string words)
    {
        await File.WriteAllTextAsync(Path.Combine(_backup.Folder, BackupManifest.FileName), text);
        Refused(words);
    }

    [Test]
    public async Task A_manifest_that_points_elsewhere()
    {
        await ForgeAsync(m => m["files"]![0]!["name"] = "../../etc/passwd");
        Refused("outside of its folder");
    }

    [Test]
    public async Task An_older_schema_is_tried_in_a_scratch_copy_and_stays_as_it_is()
    {
        // An older version's: this one's migration finds none of its tables.
        File.Delete(_backup.Database);
        BackupWorld.Execute(
            _backup.Database,
            "create table __EFMigrationsHistory (MigrationId text primary key, ProductVersion text not null)"
        );
        await ForgeAsync(m => (m["schema"], m["rows"]) = ("", new JsonObject { ["__EFMigrationsHistory"] = 0 }));
        var before = await FileHash.OfAsync(_backup.Database, default);

        await Restoration.VerifyAsync(Backup.At(_backup.Folder), default);

        Assert.That(await FileHash.OfAsync(_backup.Database, default), Is.EqualTo(before));
        // One that cannot be migrated: a table is in the way.
        BackupWorld.Execute(_backup.Database, "create table Items (Id integer)");
        await ForgeAsync(m => m["rows"] = new JsonObject { ["__EFMigrationsHistory"] = 0, ["Items"] = 0 });
        Refused("already exists");
    }

    private void Refused(params string[] anyOf)
    {
        var refusal = Assert.ThrowsAsync<BackupException>(() =>
            Restoration.VerifyAsync(Backup.At(_backup.Folder), default)
        );
        Assert.That(anyOf.Any(words => refusal.Message.Contains(words, StringComparison.Ordinal)), refusal.Message);
    }

    // As somebody would who writes the manifest anew.
    private async Task ForgeAsync(Action<JsonNode>? change = null)
    {
        var path = Path.Combine(_backup.Folder, BackupManifest.FileName);
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        var bytes = await File.ReadAllBytesAsync(_backup.Database);
        var file = manifest["files"]!.AsArray().Single(f => (string?)f!["name"] == Backup.DatabaseName)!;
        (file["sizeBytes"], file["sha256"]) = (bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        change?.Invoke(manifest);
        await File.WriteAllTextAsync(path, manifest.ToJsonString(JsonSerializerOptions.Web));
    }
}
