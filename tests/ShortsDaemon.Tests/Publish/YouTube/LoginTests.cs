using System.Text.Json;
using NUnit.Framework;
using ShortsDaemon.Host.Commands.Auth;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.World.Google;

namespace ShortsDaemon.Tests.Publish.YouTube;

internal sealed class LoginTests
{
    [Test]
    public async Task The_browser_brings_the_code_to_the_port()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        using var receiver = new CodeReceiver(0);
        var login = await LoginAsync(stage, receiver.Redirect);
        var code = receiver.ReceiveAsync(login.State, TextReader.Null, CancellationToken.None);
        using var browser = new HttpClient();

        var page = await browser.GetStringAsync(login.Link);
        var token = await login.FinishAsync(await code, CancellationToken.None);

        Assert.That(page, Does.Contain("You can close this page"));
        Assert.That((token.ChannelId, token.ChannelTitle), Is.EqualTo((YouTubeStage.Channel, "Main channel")));
        Assert.That(token.RefreshToken, Is.Not.Empty);
        Assert.That(GoogleFlow.Missing(token.Scope), Is.Empty);
        var ask = stage.World.Calls.Of("google.auth").Single().Target;
        Assert.That(ask, Does.Contain("code_challenge_method=S256").And.Contain("access_type=offline"));
        Assert.That(ask, Does.Contain("prompt=consent").And.Contain($"state={login.State}"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Without_a_browser_the_code_or_the_whole_address_is_pasted(bool isWhole)
    {
        await using var stage = await YouTubeStage.OpenAsync();
        using var receiver = new CodeReceiver(0);
        var login = await LoginAsync(stage, receiver.Redirect);
        var address = await ConsentAsync(login);
        var code = System.Web.HttpUtility.ParseQueryString(address.Query)["code"]!;
        using var pasted = new StringReader($"\nwhat now?\n  {(isWhole ? address.AbsoluteUri : code)} \n");

        var received = await receiver.ReceiveAsync(login.State, pasted, CancellationToken.None);

        var token = await login.FinishAsync(received, CancellationToken.None);
        Assert.That(token.ChannelId, Is.EqualTo(YouTubeStage.Channel));
    }

    [Test]
    public async Task The_answer_to_another_link_is_refused()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        var address = await ConsentAsync(await LoginAsync(stage));

        Assert.Throws<CredentialException>(() => ConsentAnswer.CodeIn(address.AbsoluteUri, "mine"));
    }

    [Test]
    public async Task Somebody_who_says_no_changes_nothing()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.World.Google.Consent.Denies = true;
        var login = await LoginAsync(stage);
        var address = await ConsentAsync(login);

        var no = Assert.Throws<CredentialException>(() => ConsentAnswer.CodeIn(address.AbsoluteUri, login.State));

        Assert.That(no!.Message, Does.Contain("not allowed"));
    }

    [Test]
    public async Task A_box_that_was_unticked_is_named()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.World.Google.Consent.Unticks = [GoogleFlow.Scopes[1]];
        var login = await LoginAsync(stage);
        var code = ConsentAnswer.CodeIn((await ConsentAsync(login)).AbsoluteUri, login.State)!;

        var no = Assert.ThrowsAsync<CredentialException>(() => login.FinishAsync(code, CancellationToken.None));

        Assert.That(no!.Message, Does.Contain("auth/youtube").And.Contain("tick every box"));
    }

    [TestCase(false, false)]
    [TestCase(true, false)]
    [TestCase(true, true)]
    public async Task The_right_to_send_subtitles_is_asked_for_only_where_it_is_needed(bool isNeeded, bool isUnticked)
    {
        var to = new YouTubeDestinationOptions
        {
            Type = "YouTube",
            Credentials = "MAIN",
            Subtitles = isNeeded,
        };
        await using var stage = await YouTubeStage.OpenAsync(to);
        if (isUnticked)
            stage.World.Google.Consent.Unticks = [GoogleFlow.SubtitlesScope];
        var login = await LoginAsync(stage);
        Assert.That(login.Link.AbsoluteUri.Contains("youtube.force-ssl", default), Is.EqualTo(isNeeded));
        var code = ConsentAnswer.CodeIn((await ConsentAsync(login)).AbsoluteUri, login.State)!;

        if (isUnticked)
            Assert.That(
                () => login.FinishAsync(code, default),
                Throws.TypeOf<CredentialException>().With.Message.Contains("youtube.force-ssl")
            );
        else
            Assert.That((await login.FinishAsync(code, default)).MaySendSubtitles(), Is.EqualTo(isNeeded));
    }

    [Test]
    public async Task An_account_without_a_channel_is_refused()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.AddAccount("lurker", channelId: null);
        stage.World.Google.Consent.Account = "lurker";
        var login = await LoginAsync(stage);
        var code = ConsentAnswer.CodeIn((await ConsentAsync(login)).AbsoluteUri, login.State)!;

        var no = Assert.ThrowsAsync<CredentialException>(() => login.FinishAsync(code, CancellationToken.None));

        Assert.That(no!.Message, Does.Contain("channel"));
    }

    [Test]
    public async Task Another_channel_than_the_configured_one_is_refused_and_nothing_changes()
    {
        await using var stage = await YouTubeStage.OpenAsync(YouTubeStage.To(YouTubeStage.Channel));
        var before = await File.ReadAllTextAsync(stage.TokenFile);
        stage.YouTube.AddAccount("friend", "UC-friend", "Friend");
        stage.World.Google.Consent.Account = "friend";
        var login = await LoginAsync(stage);
        var code = ConsentAnswer.CodeIn((await ConsentAsync(login)).AbsoluteUri, login.State)!;
        var token = await login.FinishAsync(code, CancellationToken.None);

        var no = Assert.ThrowsAsync<CredentialException>(() =>
            stage.Flow.Get<NewLogin>().KeepAsync("MAIN", token, CancellationToken.None)
        );

        Assert.That(no!.Message, Does.Contain("Friend").And.Contain("UC-friend").And.Contain(YouTubeStage.Channel));
        Assert.That(await File.ReadAllTextAsync(stage.TokenFile), Is.EqualTo(before));
    }

    [Test]
    public async Task A_project_in_testing_says_when_the_login_ends()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        var testing = stage.World.Google.AddProject("testing", TimeSpan.FromDays(7));
        stage.World.Google.WriteClientSecret(stage.Flow.Live.Value.YouTube.ClientSecretFile, testing);
        var login = await LoginAsync(stage);
        var code = ConsentAnswer.CodeIn((await ConsentAsync(login)).AbsoluteUri, login.State)!;

        var token = await login.FinishAsync(code, CancellationToken.None);

        Assert.That(token.ExpiresAt, Is.EqualTo(stage.Clock.GetUtcNow() + TimeSpan.FromDays(7)));
    }

    [Test]
    public async Task A_login_of_a_Python_program_brings_its_own_client()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        var old = stage.World.Google.AddProject("old-tool");
        var pair = stage.YouTube.IssueToken("owner", old);
        var file = Path.Combine(stage.Flow.Data.Root, "python.json");
        await File.WriteAllTextAsync(file, Python(pair, old));

        var found = await PythonToken.ReadAsync(file, CancellationToken.None);
        var token = await YouTubeLogin.AdoptAsync(
            stage.Flow.Live,
            found,
            stage.Flow.Get<YouTubeHttp>(),
            stage.Clock,
            CancellationToken.None
        );
        await stage.Flow.Get<NewLogin>().KeepAsync("main", token, CancellationToken.None);
        stage.Clock.Advance(TimeSpan.FromHours(2));
        var end = await stage.SettleAsync(await stage.ItemAsync());

        Assert.That(end.State, Is.EqualTo(Pipeline.Flow.ItemState.Published), end.Reason);
        Assert.That(stage.YouTube.Quota(old).Uploads, Is.EqualTo(1));
        Assert.That(token.ToString() + found, Does.Not.Contain(pair.RefreshToken).And.Not.Contain(old.ClientSecret));
    }

    [TestCase("{}", "refresh_token")]
    [TestCase("""{"refresh_token":"r","client_id":"c"}""", "client_secret")]
    [TestCase("no json", "no token file")]
    public async Task A_Python_file_that_is_not_enough_says_what_is_missing(string text, string said)
    {
        using var folder = new ShortsDaemon.Tests.Flow.TestFolder();
        await File.WriteAllTextAsync(folder["t.json"], text);

        var no = Assert.ThrowsAsync<CredentialException>(() =>
            PythonToken.ReadAsync(folder["t.json"], CancellationToken.None)
        );

        Assert.That(no!.Message, Does.Contain(said));
    }

    private static async Task<YouTubeLogin> LoginAsync(YouTubeStage stage, string redirect = "http://127.0.0.1:1/") =>
        new(
            stage.Flow.Live,
            await GoogleClient.ReadAsync(stage.Flow.Live.Value.YouTube.ClientSecretFile, CancellationToken.None),
            stage.Flow.Get<YouTubeHttp>(),
            stage.Clock,
            "main",
            redirect
        );

    /// <returns>Where the browser is sent at the end.</returns>
    private static async Task<Uri> ConsentAsync(YouTubeLogin login)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await browser.GetAsync(login.Link);
        return answer.Headers.Location!;
    }

    private static string Python(TokenPair pair, GoogleProject project) =>
        JsonSerializer.Serialize(
            new
            {
                token = pair.AccessToken,
                refresh_token = pair.RefreshToken,
                token_uri = "https://oauth2.googleapis.com/token",
                client_id = project.ClientId,
                client_secret = project.ClientSecret,
                scopes = GoogleFlow.Scopes,
                universe_domain = "googleapis.com",
                account = "",
                expiry = "2026-01-10T10:00:00.000000Z",
            }
        );
}
