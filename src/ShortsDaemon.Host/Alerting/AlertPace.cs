using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Alerting;

/// <summary>How patient the daemon is with troubles and with receivers.</summary>
internal static class AlertPace
{
    /// <summary>What is well again within this time is not told.</summary>
    public static readonly TimeSpan Brief = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan BriefWhenCritical = TimeSpan.FromSeconds(15);

    /// <summary>What is due within this time goes along in one message.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromSeconds(15);

    /// <summary>So long a trouble has to be gone before that is told. One that comes back sooner is the same trouble.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromMinutes(5);

    /// <summary>A trouble that came so often within the window is told, brief or not.</summary>
    public const int Flapping = 4;
    public static readonly TimeSpan FlapWindow = TimeSpan.FromHours(1);

    /// <summary>What could not be delivered for so long, and is over by then, is given up.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    /// <summary>What was told is forgotten after this time, together with its alert. That is done once a day.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromDays(400);

    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestOwnPause = TimeSpan.FromMinutes(15);
    private const double MostAtOnce = 5;

    public static TimeSpan BriefOf(AlertLevel level) => level == AlertLevel.Critical ? BriefWhenCritical : Brief;

    /// <param name="failures">In a row, at least 1.</param>
    /// <param name="asked">What the receiver asked for.</param>
    public static TimeSpan PauseAfter(int failures, TimeSpan? asked)
    {
        var own = FirstPause * Math.Pow(2, Math.Min(failures - 1, 10));
        own = own < LongestOwnPause ? own : LongestOwnPause;
        var wanted = asked > own ? asked.Value : own;
        return wanted < LongestPause ? wanted : LongestPause;
    }

    /// <returns>Messages that may go out now.</returns>
    public static double BudgetOf(AlertReceiver receiver, ReceiverOptions options, DateTimeOffset now)
    {
        // A clock that was wrong must not keep anything back.
        var hours = now < receiver.BudgetAt ? 1 : (now - receiver.BudgetAt).TotalHours;
        return Math.Min(receiver.Budget + hours * options.MaxPerHour, Math.Min(MostAtOnce, options.MaxPerHour));
    }
}
