using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;
using ShortsDaemon.Host.Alerting;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;
using ShortsDaemon.Tests.Providers;

namespace ShortsDaemon.Tests.Alerting;

/// <summary>What goes over the wire to each kind of receiver, and what becomes of its answers.</summary>
internal sealed class WireTests
{
    private const string Token = "123:AbC-secret_token";
    private const string Nasty = "Disk <b>&full* _x_ @everyone\nFree some.";

    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private FlowWorld _world = null!;
    private FakeReceiver _far = null!;

    [SetUp]
    public async Task MakeWorldAsync() => (_world, _far) = (new FlowWorld(), await FakeReceiver.StartAsync());

    [TearDown]
    public async Task CleanUpAsync()
    {
        await _far.DisposeAsync();
        _world.Dispose();
    }

    [Test]
    public async Task Telegram_is_told()
    {
        await SendAsync(await TelegramAsync());
        var call = _far.Calls.Single();
        Assert.That(call.Line, Is.EqualTo($"POST /bot{Token}/sendMessage"));
        Assert.That((string?)call.Json["chat_id"], Is.EqualTo("-1001"));
        Assert.That(
            (string?)call.Json["text"],
            Is.EqualTo(
                "ShortsDaemon on box: 1 alert\n\nCritical: DiskLow of /srv\nDisk <b>&full* _x_ @everyone\nFree some.\nsince 2026-01-15 12:00:00 UTC"
            )
        );
        Assert.That(call.Json["entities"]!.ToJsonString(), Is.EqualTo("""[{"type":"bold","offset":0,"length":28}]"""));
        Assert.That((bool)call.Json["disable_notification"]!, Is.False);
        Assert.That((bool)call.Json["link_preview_options"]!["is_disabled"]!, Is.True);
    }

    [Test]
    public async Task Telegram_is_followed_to_the_group_that_has_grown()
    {
        _far.Answer(400, """{"ok":false,"error_code":400,"parameters":{"migrate_to_chat_id":-100987654321}}""");
        await SendAsync(await TelegramAsync());
        Assert.That((string?)_far.Calls[1].Json["chat_id"], Is.EqualTo("-100987654321"));
    }

    [Test]
    public async Task Telegram_says_how_long_to_wait()
    {
        _far.Answer(429, """{"ok":false,"error_code":429,"description":"Too Many","parameters":{"retry_after":5}}""");
        Assert.That(Refused(await TelegramAsync()).RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public async Task Telegram_that_refuses_the_token_is_told_without_it()
    {
        _far.Answer(401, $$"""{"ok":false,"description":"Unauthorized {{Token}}"}""");
        Assert.That(
            Refused(await TelegramAsync()).Message,
            Is.EqualTo(
                "it answered 401: {\"ok\":false,\"description\":\"Unauthorized ***\"}. Ask BotFather for the token of the bot."
            )
        );
    }

    [Test]
    public async Task Discord_is_told()
    {
        await SendAsync(
            new DiscordReceiverOptions { Type = "Discord", Url = $"{_far.Url}/api/webhooks/1/abc?thread_id=7" }
        );
        var call = _far.Calls.Single();
        Assert.That(call.Line, Is.EqualTo("POST /api/webhooks/1/abc?thread_id=7&wait=true"));
        Assert.That(call.Json["allowed_mentions"]!.ToJsonString(), Is.EqualTo("""{"parse":[]}"""));
        var embed = call.Json["embeds"]![0]!;
        Assert.That((string?)embed["title"], Is.EqualTo("ShortsDaemon on box: 1 alert"));
        Assert.That((int)embed["color"]!, Is.EqualTo(0xC0392B));
        Assert.That((string?)embed["description"], Does.Contain(@"Disk <b\>&full\* \_x\_ @everyone"));
    }

    [Test]
    public void Discord_says_how_long_to_wait()
    {
        _far.Answer(429, """{"message":"You are being rate limited.","retry_after":0.65,"global":false}""");
        var e = Refused(new DiscordReceiverOptions { Type = "Discord", Url = $"{_far.Url}/x/secretpart" });
        Assert.That(e.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(0.65)));
    }

    [Test]
    public async Task Slack_is_told()
    {
        await SendAsync(
            new SlackReceiverOptions { Type = "Slack", UrlFile = await FileAsync($"{_far.Url}/services/T/B/x\n") }
        );
        var call = _far.Calls.Single();
        Assert.That(call.Line, Is.EqualTo("POST /services/T/B/x"));
        Assert.That((bool)call.Json["mrkdwn"]!, Is.False);
        Assert.That((string?)call.Json["text"], Does.Contain("Disk &lt;b&gt;&amp;full* _x_ @everyone"));
    }

    [Test]
    public void Slack_without_its_webhook_says_what_to_do()
    {
        _far.Answer(404, "no_service");
        var e = Refused(new SlackReceiverOptions { Type = "Slack", Url = $"{_far.Url}/services/T" });
        Assert.That(
            e.Message,
            Is.EqualTo("it answered 404: no_service. Make a new incoming webhook for the app and write its address.")
        );
    }

    [Test]
    public async Task Ntfy_is_told()
    {
        await SendAsync(
            new NtfyReceiverOptions
            {
                Type = "Ntfy",
                Url = _far.Url,
                Topic = "shorts",
                TokenFile = await FileAsync("tk_abc"),
            }
        );
        var call = _far.Calls.Single();
        Assert.That(call.Line, Is.EqualTo("POST /"));
        Assert.That(call.Headers["Authorization"], Is.EqualTo("Bearer tk_abc"));
        Assert.That((string?)call.Json["topic"], Is.EqualTo("shorts"));
        Assert.That((string?)call.Json["title"], Is.EqualTo("ShortsDaemon on box: 1 alert"));
        Assert.That((int)call.Json["priority"]!, Is.EqualTo(5));
        Assert.That((string?)call.Json["tags"]![0], Is.EqualTo("rotating_light"));
    }

    [Test]
    public async Task A_webhook_gets_a_signed_document()
    {
        await SendAsync(
            new WebhookReceiverOptions
            {
                Type = "Webhook",
                Url = $"{_far.Url}/hook",
                SecretFile = await FileAsync("the key"),
            }
        );
        var call = _far.Calls.Single();
        var mac = HMACSHA256.HashData("the key"u8, Encoding.UTF8.GetBytes(call.Body));
        Assert.That(
            call.Headers["X-ShortsDaemon-Signature"],
            Is.EqualTo("sha256=" + Convert.ToHexString(mac).ToLowerInvariant())
        );
        Assert.That(call.ContentType, Is.EqualTo("application/json; charset=utf-8"));
        Assert.That(
            JsonNode.DeepEquals(
                call.Json,
                JsonNode.Parse(
                    """
                    {"title":"ShortsDaemon on box: 1 alert","machine":"box","at":"2026-01-15T12:01:00+00:00","level":"Critical","raised":1,"resolved":0,
                     "alerts":[{"id":7,"news":"Raised","level":"Critical","rule":"DiskLow","subject":"/srv","message":"Disk <b>&full* _x_ @everyone\nFree some.",
                                "raisedAt":"2026-01-15T12:00:00+00:00","times":1}]}
                    """
                )
            ),
            call.Body
        );
    }

    [Test]
    public async Task A_command_gets_it_in_its_environment_and_no_shell_sees_its_arguments()
    {
        var file = Path.Combine(_world.Data.Root, "told");
        await SendAsync(
            new CommandReceiverOptions
            {
                Type = "Command",
                Program = Processes.FakeTool.Path,
                Arguments = ["save-env", file, "SHORTSDAEMON_ALERT", "$HOME; echo *"],
            }
        );
        var lines = await File.ReadAllLinesAsync(file);
        Assert.That((string?)JsonNode.Parse(lines[0])!["alerts"]![0]!["message"], Is.EqualTo(Nasty));
        Assert.That(lines[1], Is.EqualTo("$HOME; echo *"));
    }

    [Test]
    public void A_command_that_fails_is_told_with_its_last_words()
    {
        var options = new CommandReceiverOptions
        {
            Type = "Command",
            Program = Processes.FakeTool.Path,
            Arguments = ["exit", "3", "no route, password=hunter2"],
        };
        Assert.That(
            Refused(options).Message,
            Is.EqualTo("ShortsDaemon.FakeTool ended with exit code 3: no route, password=***")
        );
    }

    [Test]
    public void The_header_says_how_long_to_wait()
    {
        _far.Answer(503, "", ("Retry-After", "120"));
        Assert.That(Refused(Webhook()).RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(120)));
    }

    [Test]
    public void One_that_has_moved_is_not_followed()
    {
        _far.Answer(301, "", ("Location", $"{_far.Url}/elsewhere"));
        Assert.That(Refused(Webhook()).Message, Is.EqualTo("it answered 301. It has moved: write its new address."));
        Assert.That(_far.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public void One_that_is_down_is_told()
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var options = new WebhookReceiverOptions { Type = "Webhook", Url = $"http://{port.LocalEndpoint}/secretpath" };
        port.Stop();
        Assert.That(Refused(options).Message, Is.EqualTo("127.0.0.1: no connection could be made"));
    }

    [Test]
    public async Task One_that_says_nothing_is_left_after_a_while()
    {
        var asked = new TaskCompletionSource();
        _far.Answers.Enqueue(http =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        var sending = SendAsync(Webhook());
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        _world.Clock.Advance(AlertChannels.Limit);
        var e = Assert.ThrowsAsync<NotToldException>(() => sending);
        Assert.That(e!.Message, Is.EqualTo("it did not answer within 12 s"));
    }

    [Test]
    public void An_answer_that_never_ends_has_said_that_it_arrived()
    {
        var endless = $"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n{new string('x', 200_000)}";
        using var server = new RawServer((_, _) => endless) { HoldsOpen = () => true };
        var options = new WebhookReceiverOptions { Type = "Webhook", Url = server.Address.ToString() };
        Assert.DoesNotThrowAsync(() => SendAsync(options));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Long_texts_are_cut_to_what_each_takes()
    {
        var entries = Enumerable.Range(0, 20).Select(i => Entry($"{i} " + new string('ä', 900))).ToList();
        var notice = new Notice("box", Noon, entries, 5000, 0);
        await SendAsync(await TelegramAsync(), notice);
        await SendAsync(new DiscordReceiverOptions { Type = "Discord", Url = $"{_far.Url}/d" }, notice);
        await SendAsync(new SlackReceiverOptions { Type = "Slack", Url = $"{_far.Url}/s" }, notice);
        await SendAsync(
            new NtfyReceiverOptions
            {
                Type = "Ntfy",
                Url = _far.Url,
                Topic = "t",
            },
            notice
        );
        var texts = new[]
        {
            (string)_far.Calls[0].Json["text"]!,
            (string)_far.Calls[1].Json["embeds"]![0]!["description"]!,
            (string)_far.Calls[2].Json["text"]!,
            (string)_far.Calls[3].Json["message"]!,
        };
        Assert.That(texts.Select(t => t.Length), Is.All.InRange(1000, 4096));
        Assert.That(Encoding.UTF8.GetByteCount(texts[3]), Is.InRange(2500, 4096));
        foreach (var text in texts)
        {
            var shown = text.Split("DiskLow of").Length - 1;
            Assert.That(text, Does.EndWith($"{5000 - shown} more: ShortsDaemon alerts"));
        }
    }

    [Test]
    public async Task A_secret_that_others_can_read_is_refused()
    {
        var file = await FileAsync("tk_abc");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        var options = new NtfyReceiverOptions
        {
            Type = "Ntfy",
            Url = _far.Url,
            Topic = "t",
            TokenFile = file,
        };
        Assert.That(Refused(options).Message, Does.EndWith($"mend it with: chmod 600 '{file}'"));
        Assert.That(_far.Calls, Is.Empty);
    }

    private WebhookReceiverOptions Webhook() => new() { Type = "Webhook", Url = $"{_far.Url}/hook" };

    private async Task<TelegramReceiverOptions> TelegramAsync() =>
        new()
        {
            Type = "Telegram",
            TokenFile = await FileAsync(Token + "\n"),
            ChatId = "-1001",
            ApiBaseUrl = _far.Url,
        };

    private async Task<string> FileAsync(string secret)
    {
        var file = Path.Combine(_world.Data.Root, Path.GetRandomFileName());
        await SecretFile.WriteAsync(file, secret, default);
        return file;
    }

    private static NoticeEntry Entry(string message) =>
        new(7, AlertNews.Raised, AlertLevel.Critical, "DiskLow", "/srv", message, Noon, null, 1);

    private Task SendAsync(ReceiverOptions options, Notice? notice = null) =>
        _world
            .Get<AlertChannels>()
            .SendAsync(options, notice ?? new Notice("box", Noon.AddMinutes(1), [Entry(Nasty)], 1, 0), default);

    private NotToldException Refused(ReceiverOptions options)
    {
        var e = Assert.ThrowsAsync<NotToldException>(() => SendAsync(options))!;
        Assert.That(e.Message, Does.Not.Contain("secret"));
        return e;
    }
}
