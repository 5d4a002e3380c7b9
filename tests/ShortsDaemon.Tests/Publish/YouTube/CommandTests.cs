using System.Text.Json;
using NUnit.Framework;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Commands.Doctor;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Publish.YouTube;

/// <summary>`auth youtube` and doctor, against the fake Google.</summary>
internal sealed class CommandTests
{
    [Test]
    public async Task An_imported_login_opens_what_was_shut()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        await stage.Flow.Get<Holds>().ShutAsync("account:YouTube/main", "log in", null, CancellationToken.None);
        await stage
            .Flow.Get<Alerts>()
            .RaiseAsync("CredentialRevoked", "YouTube/main", AlertLevel.Critical, "!", default);
        File.Delete(stage.TokenFile);

        var code = await CommandLine.RunAsync(await ArgumentsAsync(stage, YouTubeStage.Channel));

        Assert.That(code, Is.Zero);
        var token = await YouTubeToken.ReadAsync(stage.TokenFile, "main", CancellationToken.None);
        Assert.That(token.ChannelId, Is.EqualTo(YouTubeStage.Channel));
        Assert.That(await stage.AllAsync<Hold>(), Is.Empty);
        Assert.That((await stage.AllAsync<Alert>()).Single().ResolvedAt, Is.Not.Null);
    }

    [Test]
    public async Task A_login_for_another_channel_is_not_imported()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        var before = await File.ReadAllTextAsync(stage.TokenFile);

        var code = await CommandLine.RunAsync(await ArgumentsAsync(stage, "UC-wanted"));

        Assert.That(code, Is.EqualTo(1));
        Assert.That(await File.ReadAllTextAsync(stage.TokenFile), Is.EqualTo(before));
    }

    [Test]
    public async Task Doctor_proves_the_login()
    {
        await using var stage = await YouTubeStage.OpenAsync();

        Assert.That(await LookAsync(stage), Is.EqualTo((DoctorStatus.Ok, "main: uploads to 'Main channel' (UC-main)")));

        stage.YouTube.Revoke("owner");
        var (status, finding) = await LookAsync(stage);
        Assert.That(
            (status, finding),
            Is.EqualTo((DoctorStatus.Fail, "main: HTTP 400 invalid_grant Token has been expired or revoked."))
        );

        File.Delete(stage.TokenFile);
        Assert.That((await LookAsync(stage)).Finding, Does.Contain("no YouTube login 'main'"));
    }

    [Test]
    public async Task Doctor_sees_a_login_for_the_wrong_channel()
    {
        await using var stage = await YouTubeStage.OpenAsync(YouTubeStage.To("UC-other"));

        var (status, finding) = await LookAsync(stage);

        Assert.That(status, Is.EqualTo(DoctorStatus.Fail));
        Assert.That(finding, Does.Contain("UC-main").And.Contain("UC-other"));
    }

    [Test]
    public async Task Doctor_sees_a_login_that_may_not_send_subtitles()
    {
        var to = new YouTubeDestinationOptions
        {
            Type = "YouTube",
            Credentials = "main",
            Subtitles = true,
        };
        await using var stage = await YouTubeStage.OpenAsync(to);

        var (status, finding) = await LookAsync(stage);
        Assert.That(status, Is.EqualTo(DoctorStatus.Warn));
        Assert.That(finding, Does.Contain("without the right to send subtitles"));

        await stage.LogInAsync(scopes: [.. GoogleFlow.Scopes, GoogleFlow.SubtitlesScope]);
        Assert.That((await LookAsync(stage)).Status, Is.EqualTo(DoctorStatus.Ok));
    }

    private static async Task<(DoctorStatus Status, string Finding)> LookAsync(YouTubeStage stage)
    {
        var patient = new Patient(OptionsReading.Of(stage.Flow.Live.Value, []), [], stage.Clock);
        var line = (await new YouTubeCheck().LookAsync(patient, CancellationToken.None)).Single();
        return (line.Status, line.Finding);
    }

    private static async Task<string[]> ArgumentsAsync(YouTubeStage stage, string channel)
    {
        var pair = stage.YouTube.IssueToken("owner");
        var project = stage.World.Google.Project;
        var python = Path.Combine(stage.Flow.Data.Root, "python.json");
        await File.WriteAllTextAsync(
            python,
            JsonSerializer.Serialize(
                new
                {
                    refresh_token = pair.RefreshToken,
                    client_id = project.ClientId,
                    client_secret = project.ClientSecret,
                }
            )
        );
        var options = stage.Flow.Live.Value;
        var settings = Path.Combine(stage.Flow.Data.Root, "settings.json");
        await File.WriteAllTextAsync(
            settings,
            JsonSerializer.Serialize(
                new
                {
                    Daemon = new { options.Daemon.CredentialsDirectory },
                    YouTube = new { options.YouTube.ApiBaseUrl, options.YouTube.TokenUrl },
                    Channels = new
                    {
                        main = new
                        {
                            Sources = new[]
                            {
                                new { Type = "Folder", Path = Path.Combine(stage.Flow.Data.Root, "in") },
                            },
                            Destinations = new[]
                            {
                                new
                                {
                                    Type = "YouTube",
                                    Credentials = "main",
                                    ChannelId = channel,
                                },
                            },
                        },
                    },
                }
            )
        );
        return
        [
            "auth",
            "youtube",
            "main",
            "--import",
            python,
            "--config",
            settings,
            "--data",
            stage.Flow.Data.Root,
            "--set",
            $"Storage:ConnectionString={stage.Flow.ConnectionString}",
        ];
    }
}
