using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Pipeline.Sources.Folder;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Web.Shorts;

/// <summary>What these tests ask of a <see cref="Room"/>.</summary>
internal static partial class RoomShorts
{
    public static string Inbox(this Room room) => Directory.CreateDirectory(Path.Combine(Root(room), "inbox")).FullName;

    public static string Outbox(this Room room) =>
        Directory.CreateDirectory(Path.Combine(Root(room), "outbox")).FullName;

    /// <summary>Of no channel.</summary>
    public static string Elsewhere(this Room room) =>
        Directory.CreateDirectory(Path.Combine(Root(room), "elsewhere")).FullName;

    public static DataFolder Data(this Room room) => room.Services.GetRequiredService<DataFolder>();

    /// <summary>The channel main reads the inbox and publishes to the outbox.</summary>
    public static void Configure(this Room room, string zone = "UTC")
    {
        var was = room.Live.Value;
        room.Live.Accept(
            new ShortsOptions
            {
                Daemon = was.Daemon,
                Storage = was.Storage,
                Web = was.Web,
                Channels =
                {
                    ["main"] = new ChannelOptions
                    {
                        TimeZone = zone,
                        Sources = [new FolderSourceOptions { Type = "Folder", Path = room.Inbox() }],
                        Destinations = [new FolderDestinationOptions { Type = "Folder", Path = room.Outbox() }],
                    },
                },
            }
        );
    }

    public static async Task SaveAsync(this Room room, params object[] rows)
    {
        await using var db = await room
            .Services.GetRequiredService<IDbContextFactory<ShortsDb>>()
            .CreateDbContextAsync();
        foreach (var row in rows)
            _ = db.Entry(row).IsKeySet ? db.Update(row) : db.Add(row);
        await db.SaveChangesAsync();
    }

    /// <summary>A row whose key is given.</summary>
    public static async Task InsertAsync(this Room room, object row)
    {
        await using var db = await room
            .Services.GetRequiredService<IDbContextFactory<ShortsDb>>()
            .CreateDbContextAsync();
        db.Add(row);
        await db.SaveChangesAsync();
    }

    /// <summary>So many published items of the channel main with this title.</summary>
    public static async Task AddManyAsync(this Room room, string title, int count)
    {
        await using var db = await room
            .Services.GetRequiredService<IDbContextFactory<ShortsDb>>()
            .CreateDbContextAsync();
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
            INSERT INTO Items (Channel, Source, ExternalId, Title, Location, RecordedAt, DiscoveredAt, SizeBytes, IsRefused, IsGone, State, Tries, Waits, StepsBack, ChangedAt, Version)
            SELECT 'main', 'Folder:/in', 'file' || i, {title}, '/in/a.mp4', '2026-01-01 00:00:00', '2026-01-01 00:00:00', 1, 0, 0, 'Published', 0, 0, 0, '2026-01-01 00:00:00', 0 FROM n
            """
        );
    }

    /// <summary>A Short of this item that has passed, and that lies there.</summary>
    public static async Task<Rendition> PublishAsync(this Room room, Item item, string remoteId)
    {
        var rendition = new Rendition
        {
            ItemId = item.Id,
            Layout = "CentreCrop",
            Encoder = "libx264",
            Sha256 = "00",
            Checks = [new CheckResult("LoudnessCheck", true, "−14.1 LUFS, −15 to −13 are allowed")],
            Quality = [new QualityPart(QualityGroup.Visual, "Sharpness", 71, "as sharp as most")],
        };
        await room.SaveAsync(rendition);
        await room.SaveAsync(
            new Publication
            {
                ItemId = item.Id,
                RenditionId = rendition.Id,
                Destination = $"main/{remoteId.Length}",
                Sha256 = "00",
                RemoteId = remoteId,
                IntendedAt = item.ChangedAt,
                PublishedAt = item.ChangedAt,
                SettledAt = item.ChangedAt,
            }
        );
        return rendition;
    }

    /// <summary>The numbers of the items on a wall, from top to bottom.</summary>
    public static IReadOnlyList<long> Tiles(string page) =>
        [.. Tile().Matches(page).Select(match => long.Parse(match.Groups["id"].Value, null))];

    /// <returns>Where the link with this text leads; null: there is none.</returns>
    public static string? Link(string page, string text) =>
        Anchor().Matches(page).FirstOrDefault(match => match.Groups["text"].Value == text) is { } link
            ? WebUtility.HtmlDecode(link.Groups["to"].Value)
            : null;

    private static string Root(Room room) => room.Live.Value.Daemon.DataDirectory;

    [GeneratedRegex("<li><a href=\"/shorts/(?<id>[0-9]+)\">", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tile();

    [GeneratedRegex("<a href=\"(?<to>[^\"]+)\"[^>]*>(?<text>[^<]+)</a>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Anchor();
}
