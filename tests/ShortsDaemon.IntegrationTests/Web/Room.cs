using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;
using ShortsDaemon.Host;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Host.Logging;
using ShortsDaemon.Host.Web;
using ShortsDaemon.Host.Web.Security;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>The control room with the daemon's own services behind a real web server, and a browser's part of HTTP.</summary>
internal sealed partial class Room : IAsyncDisposable
{
    public const string Password = "a password of some length";

    private static readonly Lazy<Task<string>> EmptyDatabase = new(MakeDatabaseAsync);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("room-");
    private readonly WebApplication _web;

    private Room(WebOptions web, Action<IServiceCollection>? change)
    {
        Live = new LiveOptions(
            new ShortsOptions
            {
                Daemon = new DaemonOptions
                {
                    DataDirectory = _folder.FullName,
                    CredentialsDirectory = Path.Combine(_folder.FullName, "credentials"),
                },
                Storage = new StorageOptions { ConnectionString = $"Data Source={_folder.FullName}/shorts.db" },
                Web = web,
            }
        );
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        builder.Logging.AddShortsLog(Live, new DataFolder(_folder.FullName), toConsole: false);
        builder.Services.AddPipeline(Live);
        builder.Services.AddQuartz(_ => { });
        builder.Services.AddShortsHealth();
        builder.Services.AddControlRoom(Live, new DataFolder(_folder.FullName));
        change?.Invoke(builder.Services);
        _web = builder.Build();
        _web.MapShortsHealth();
        _web.MapControlRoom();
    }

    public LiveOptions Live { get; }
    public IServiceProvider Services => _web.Services;
    public FlowEvents Events => Services.GetRequiredService<FlowEvents>();

    /// <summary>Follows no redirects and keeps cookies.</summary>
    public HttpClient Browser { get; private set; } = null!;

    public Uri Address => new(_web.Urls.Single());

    public async Task<ShortsDb> DatabaseAsync() =>
        await Services.GetRequiredService<IDbContextFactory<ShortsDb>>().CreateDbContextAsync();

    public static Task<Room> OpenAsync(string hosts = "") => OpenAsync(new WebOptions { Hosts = hosts });

    /// <param name="web">Its options.</param>
    /// <param name="change">What is different from the real one.</param>
    public static async Task<Room> OpenAsync(WebOptions web, Action<IServiceCollection>? change = null)
    {
        var room = new Room(web, change);
        // All its tables are made once for all rooms.
        File.Copy(await EmptyDatabase.Value, Path.Combine(room._folder.FullName, "shorts.db"));
        await room.Services.GetRequiredService<DatabaseStart>().PrepareAsync(CancellationToken.None);
        await room._web.StartAsync();
        room.Browser = room.NewBrowser();
        return room;
    }

    private static async Task<string> MakeDatabaseAsync()
    {
        var folder = Directory.CreateTempSubdirectory("room-database-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        var file = Path.Combine(folder.FullName, "shorts.db");
        var options = new DbContextOptionsBuilder<ShortsDb>();
        options.UseShorts($"Data Source={file};Pooling=False");
        await using var db = new ShortsDb(options.Options);
        await db.Database.MigrateAsync();
        return file;
    }

    public HttpClient NewBrowser() =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(_web.Urls.Single()),
        };

    /// <returns>What a program sends; see <see cref="Token"/>.</returns>
    public async Task<string> AddTokenAsync(string name, TokenScope scope) =>
        (await Services.GetRequiredService<Tokens>().AddAsync(name, scope, null, CancellationToken.None))!;

    public Task AddAccountAsync(string name = "ada") =>
        Services.GetRequiredService<Accounts>().SetAsync(name, Password, CancellationToken.None);

    public static Task<HttpResponseMessage> LogInAsync(
        HttpClient browser,
        string name = "ada",
        string password = Password,
        string to = "/"
    ) =>
        SendFormAsync(
            browser,
            "/login",
            "/login",
            new()
            {
                ["name"] = name,
                ["password"] = password,
                ["to"] = to,
            }
        );

    /// <summary>Fills in a form as a browser does, with the token that its page gave.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(
        HttpClient browser,
        string page,
        string address,
        Dictionary<string, string> fields
    )
    {
        fields["__RequestVerificationToken"] = Token().Match(await browser.GetStringAsync(page)).Groups["token"].Value;
        return await browser.PostAsync(address, new FormUrlEncodedContent(fields));
    }

    public Task<HttpResponseMessage> SendAsync(string page, string to, params (string Name, string Value)[] fields) =>
        SendFormAsync(Browser, page, to, fields.ToDictionary());

    /// <returns>The page as a browser understands it, without the marks that HTML needs.</returns>
    public async Task<string> PageAsync(string address) => WebUtility.HtmlDecode(await Browser.GetStringAsync(address));

    /// <summary>The log is written a moment later.</summary>
    public async Task LogHasAsync(string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!await IsLoggedAsync(text))
            await Task.Delay(20, limit.Token);
    }

    public async Task StopAsync() => await _web.StopAsync();

    public async Task<Item> AddAsync(string title, ItemState state = ItemState.Candidate)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<ShortsDb>>().CreateDbContextAsync();
        if (!await db.Channels.AnyAsync(c => c.Name == "main"))
            db.Channels.Add(new Channel { Name = "main", FirstSeenAt = DateTimeOffset.UnixEpoch });
        var item = new Item
        {
            Channel = "main",
            Source = "Folder:/in",
            ExternalId = Guid.NewGuid().ToString(),
            Title = title,
            Location = "/in/a.mp4",
            State = state,
            ChangedAt = TimeProvider.System.GetUtcNow(),
        };
        db.Items.Add(item);
        await db.SaveChangesAsync();
        return item;
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await _web.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> IsLoggedAsync(string text)
    {
        foreach (var file in _folder.GetFiles("logs/shorts-*.log"))
        {
            await using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            if ((await reader.ReadToEndAsync()).Contains(text, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"(?<token>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
