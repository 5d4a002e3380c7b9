using ShortsDaemon.Pipeline.Sources.Folder;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>When the channels look next, so that a wrong zone or expression is seen before it has been waited for.</summary>
internal sealed class SchedulesCheck : QuickCheck
{
    private static readonly TimeSpan Far = TimeSpan.FromDays(31);

    public override string Name => "schedules";

    protected override IEnumerable<DoctorLine> Look(Patient patient)
    {
        // The line about the configuration says what is wrong with it.
        if (!patient.Reading.IsGood)
            yield break;
        var now = patient.Time.GetUtcNow();
        foreach (var (name, channel) in patient.EnabledChannels)
        {
            var plan = ChannelPlan.Of(name, channel, now, count: 1);
            var next = plan.Schedules.SelectMany(schedule => schedule.Times).Order().Select(t => (DateTimeOffset?)t);
            yield return Judge(plan, next.FirstOrDefault(), now, channel.Sources.OfType<FolderSourceOptions>().Any());
        }
    }

    private DoctorLine Judge(ChannelPlan plan, DateTimeOffset? next, DateTimeOffset now, bool watchesFolder)
    {
        var mend = $"Correct Channels:{plan.Channel}:Schedule; `ShortsDaemon schedule` shows what an edit would do.";
        if (next is { } at)
        {
            var finding = $"{plan.Channel} looks next at {plan.Clock.SayWithOffset(at)} ({plan.Clock.Name})";
            return at - now > Far && !watchesFolder ? Warn($"{finding}, more than a month away", mend) : Ok(finding);
        }
        return watchesFolder
            ? Ok($"{plan.Channel} looks when a file arrives")
            : Warn($"{plan.Channel} never looks by itself: its schedule is empty or over", mend);
    }
}
