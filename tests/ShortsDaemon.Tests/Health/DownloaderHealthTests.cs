using Microsoft.Extensions.Diagnostics.HealthChecks;
using NUnit.Framework;
using ShortsDaemon.Host.Commands.Doctor;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Health;

/// <summary>What health and doctor say of yt-dlp.</summary>
internal sealed class DownloaderHealthTests
{
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
    private TestFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TestFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("2026.08.19", "ok", "version 2026.08.19, 93 days old")]
    [TestCase("2023.03.04", "warn", "older than 2026-08")]
    [TestCase("hello", "fail", "is not yt-dlp")]
    [TestCase(null, "fail", "was not found")]
    public async Task A_channel_that_needs_it_wants_a_young_one(string? version, string expected, string words)
    {
        var options = Options(version, account: "");
        var line = await DoctorAsync(options);
        Assert.That((line.StatusWord, line.Mend.Length > 0), Is.EqualTo((expected, expected != "ok")), line.Finding);
        Assert.That(line.Finding, Does.Contain(words));
        var health = await AskAsync(options);
        Assert.That(
            health.Status,
            Is.EqualTo(expected == "ok" ? HealthStatus.Healthy : HealthStatus.Degraded),
            health.Description
        );
        if (expected is "ok" or "warn")
            Assert.That(health.Data["ytDlpVersion"], Is.EqualTo(version));
    }

    [TestCase("main", true)]
    [TestCase("", false)]
    public async Task No_channel_that_needs_it_leaves_it_alone(string account, bool isOn)
    {
        var options = Options(version: null, account, isOn);
        Assert.That((await DoctorAsync(options)).StatusWord, Is.EqualTo("ok"));
        Assert.That((await AskAsync(options)).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    private ShortsOptions Options(string? version, string account, bool isOn = true)
    {
        var program = _folder["yt-dlp"];
        if (version is not null)
        {
            _folder.Write("yt-dlp", $"#!/bin/sh\n[ \"$*\" = --version ] && echo '{version}'\n");
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        return new ShortsOptions
        {
            Tools = new() { YtDlp = program },
            Channels =
            {
                ["main"] = new()
                {
                    Enabled = isOn,
                    Sources = [new TwitchClipsSourceOptions { Login = "somebody", Account = account }],
                },
            },
        };
    }

    private async Task<DoctorLine> DoctorAsync(ShortsOptions options) =>
        (
            await new YtDlpCheck().LookAsync(
                new Patient(OptionsReading.Of(options, []), [], _clock),
                CancellationToken.None
            )
        ).Single();

    private Task<HealthCheckResult> AskAsync(ShortsOptions options)
    {
        var versions = new ToolVersions(new ProcessRunner(TimeProvider.System, "test"), _clock);
        return HealthSandbox.AskAsync(new DownloaderHealth(new LiveOptions(options), versions));
    }
}
