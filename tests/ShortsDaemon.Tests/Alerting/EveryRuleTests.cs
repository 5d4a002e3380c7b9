using System.Reflection;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Tests.Backups;
using ShortsDaemon.Tests.Disk;
using ShortsDaemon.Tests.Jobs;
using ShortsDaemon.Tests.Logins;
using ShortsDaemon.Tests.Providers;
using ShortsDaemon.Tests.Publish.Quota;
using ShortsDaemon.Tests.Publish.YouTube;
using ShortsDaemon.Tests.Sources.Twitch;
using ShortsDaemon.Tests.Sources.TwitchClips;
using ShortsDaemon.Tests.Storage;
using ShortsDaemon.Tests.Watch;

namespace ShortsDaemon.Tests.Alerting;

/// <summary>No rule without a test in which its cause fires it and ends it, and none that does not reach a receiver.</summary>
internal sealed class EveryRuleTests
{
    /// <summary>Where the real cause fires the rule and the real mend ends it.</summary>
    private static readonly Dictionary<string, (Type Tests, string Test)> Proofs = new()
    {
        [AlertRules.RunFailed] = Of<WatchTests>(
            nameof(WatchTests.Three_failed_runs_in_a_row_are_told_until_one_succeeds)
        ),
        [AlertRules.NoSuccessfulRun] = Of<WatchTests>(
            nameof(WatchTests.A_schedule_that_brings_no_good_run_is_told_until_it_does)
        ),
        [AlertRules.ConfigurationInvalid] = Of<WatchTests>(nameof(WatchTests.A_bad_edit_is_told_until_it_is_mended)),
        ["BreakerOpen"] = Of<BreakersTests>(nameof(BreakersTests.The_owner_hears_of_it_once_and_that_it_is_well_again)),
        ["BroadcasterGone"] = Of<ClipDiscoveryTests>(
            nameof(ClipDiscoveryTests.Who_is_banned_or_misspelt_is_told_once_and_the_others_go_on)
        ),
        ["ChannelMismatch"] = Of<WellAgainTests>(nameof(WellAgainTests.A_login_for_the_right_channel_is_well_again)),
        ["CredentialRevoked"] = Of<TroubleTests>(
            nameof(TroubleTests.A_login_revoked_in_mid_upload_waits_for_a_new_one_and_the_session_goes_on)
        ),
        ["CredentialUnusable"] = Of<LoginMaintenanceTests>(
            nameof(LoginMaintenanceTests.A_file_that_others_can_read_is_told_until_its_mode_is_mended)
        ),
        ["DatabaseDamaged"] = Of<DatabaseUpkeepTests>(
            nameof(DatabaseUpkeepTests.A_damaged_database_ships_nothing_until_it_is_whole_again)
        ),
        ["DestinationRefused"] = Of<WellAgainTests>(
            nameof(WellAgainTests.A_door_that_is_released_takes_its_alert_along)
        ),
        ["DiskFull"] = Of<DiskWatchTests>(
            nameof(DiskWatchTests.That_work_has_paused_is_critical_and_ends_when_it_goes_on)
        ),
        ["DiskLow"] = Of<DiskWatchTests>(
            nameof(DiskWatchTests.Little_room_is_told_once_for_a_disk_and_again_when_it_is_well)
        ),
        ["ExtractorOutdated"] = Of<YtDlpTests>(
            nameof(YtDlpTests.One_that_is_outdated_makes_the_clip_wait_and_tells_the_owner_until_it_works)
        ),
        ["HungRun"] = Of<HungRunTests>(
            nameof(HungRunTests.A_hung_stage_is_interrupted_counts_as_a_failure_and_is_told_until_it_goes_on)
        ),
        ["JobFailed"] = Of<MaintenanceTests>(nameof(MaintenanceTests.A_failure_is_an_alert_until_a_later_run_succeeds)),
        ["PrivacyMismatch"] = Of<WellAgainTests>(
            nameof(WellAgainTests.The_next_Short_that_is_seen_as_wanted_ends_the_alert)
        ),
        ["PublishLocked"] = Of<RestoreTests>(
            nameof(RestoreTests.A_channel_that_cannot_be_read_stays_locked_and_says_so_until_somebody_has_logged_in)
        ),
        ["QuotaEmpty"] = Of<QuotaLedgerTests>(
            nameof(QuotaLedgerTests.The_owner_is_told_once_and_told_when_it_is_well_again)
        ),
        ["ScopeMissing"] = Of<SubtitlesTests>(
            nameof(SubtitlesTests.A_login_without_the_right_is_told_once_until_a_new_one_has_it)
        ),
        ["TokenExpiring"] = Of<LoginMaintenanceTests>(
            nameof(LoginMaintenanceTests.One_that_ends_within_7_days_is_told_until_it_is_renewed)
        ),
        ["UploadLimit"] = Of<WellAgainTests>(
            nameof(WellAgainTests.The_limit_of_the_channel_is_over_with_the_next_upload)
        ),
        ["UploadUnseen"] = Of<WellAgainTests>(
            nameof(WellAgainTests.An_upload_that_was_taken_and_is_never_shown_is_told_and_left)
        ),
        ["UploadsUnreadable"] = Of<UploadSearchTests>(
            nameof(UploadSearchTests.A_list_that_could_not_be_looked_at_proves_nothing)
        ),
    };

    [Test]
    public void Every_rule_has_a_test_of_its_cause_and_its_end()
    {
        Assert.That(Proofs.Keys, Is.EquivalentTo(AlertRules.All));
        foreach (var (rule, (tests, test)) in Proofs)
            Assert.That(tests.GetMethod(test)?.GetCustomAttributes().OfType<NUnitAttribute>(), Is.Not.Empty, rule);
    }

    [TestCaseSource(typeof(AlertRules), nameof(AlertRules.All))]
    public void It_stands_in_the_table_of_rules(string rule)
    {
        var table = Operations.Value.Split("### Rules")[1].Split("###")[0];
        Assert.That(table, Does.Contain($"`{rule}`"));
    }

    [TestCaseSource(typeof(AlertRules), nameof(AlertRules.All))]
    public async Task Its_beginning_and_its_end_are_told_once_each(string rule)
    {
        using var world = new AlertWorld(new EarOptions());
        await world.RaiseAsync(rule);
        await world.RaiseAsync(rule);
        await world.PassAsync(TimeSpan.FromMinutes(4));
        await world.ResolveAsync(rule);
        await world.ResolveAsync(rule);
        await world.PassAsync(TimeSpan.FromMinutes(10));
        Assert.That(world.Ear.Story, Is.EqualTo($"Raised {rule}/main | Resolved {rule}/main"));
    }

    [Test]
    public void A_rule_that_is_not_listed_cannot_be_raised()
    {
        using var world = new AlertWorld();
        Assert.That(() => world.RaiseAsync("Forgotten"), Throws.ArgumentException);
    }

    private static readonly Lazy<string> Operations = new(() =>
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "docs", "operations.md")))
            folder = folder.Parent!;
        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "operations.md"));
    });

    private static (Type, string) Of<T>(string test) => (typeof(T), test);
}
