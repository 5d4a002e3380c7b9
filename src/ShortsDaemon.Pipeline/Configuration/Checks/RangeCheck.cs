using ShortsDaemon.Pipeline.Configuration.Reading;

namespace ShortsDaemon.Pipeline.Configuration.Checks;

/// <summary>Two numbers that only make sense in one order.</summary>
internal static class RangeCheck
{
    public static void Look(ShortsOptions options, ProblemList problems)
    {
        var (first, longest) = (options.Retry.FirstDelaySeconds, options.Retry.MaxDelaySeconds);
        if (first > longest)
            problems.Error(
                "Retry:FirstDelaySeconds",
                FormattableString.Invariant($"{first} is longer than MaxDelaySeconds, which is {longest}"),
                "Make it at most as long."
            );
        foreach (var (name, channel) in options.Channels)
            Lengths($"Channels:{name}:Selection:MinLengthSeconds", channel, problems);
    }

    private static void Lengths(string key, ChannelOptions channel, ProblemList problems)
    {
        var (shortest, longest) = (channel.Selection.MinLengthSeconds, channel.Selection.MaxLengthSeconds);
        if (shortest > longest)
            problems.Error(
                key,
                FormattableString.Invariant($"{shortest} is longer than MaxLengthSeconds, which is {longest}"),
                "Make it at most as long."
            );
    }
}
