using System.Globalization;

namespace ShortsDaemon.World.Faults;

/// <summary>The words that a rule's "do" can be.</summary>
internal static class FaultActions
{
    private const string Known =
        "status N, html [N], truncate, reset, lose, cut N, cut-request N, slow N, stall [N], delay S, redirect";

    /// <returns>What is wrong with the rule; null: nothing.</returns>
    public static string? Problem(FaultRule rule)
    {
        if (Read(rule) is not { } action)
            return $"'{rule.Do}' is nothing that can happen; known are: {Known}";
        if (rule.From < 1 || rule.Times < 1 || rule.Every < 1)
            return "from, times and every count from 1";
        return action is StatusFault || (rule.Headers.Count == 0 && rule.Body is null)
            ? null
            : "headers and body belong to 'status' and 'html' only";
    }

    public static FaultAction Of(FaultRule rule) => Read(rule) ?? throw new FaultScriptException(Problem(rule)!);

    private static FaultAction? Read(FaultRule rule) =>
        rule.Do.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["status", var n] when Whole(n) is { } status and >= 200 and <= 599 => StatusFault.Of(rule, (int)status),
            ["html"] => StatusFault.Html(rule, 200),
            ["html", var n] when Whole(n) is { } status and >= 200 and <= 599 => StatusFault.Html(rule, (int)status),
            ["truncate"] => new TruncateFault(),
            ["reset"] => new ResetFault(),
            ["lose"] => new LoseFault(),
            ["cut", var n] when Whole(n) is { } bytes and >= 1 => new CutFault(bytes),
            ["cut-request", var n] when Whole(n) is { } bytes => new CutRequestFault(bytes),
            ["slow", var n] when Whole(n) is { } rate and >= 1 => new SlowFault(rate),
            ["stall"] => new StallFault(0),
            ["stall", var n] when Whole(n) is { } bytes => new StallFault(bytes),
            ["delay", var s] when Seconds(s) is { } delay => new DelayFault(delay),
            ["redirect"] => new RedirectFault(),
            _ => null,
        };

    private static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static TimeSpan? Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var s) && s <= 86400
            ? TimeSpan.FromSeconds(s)
            : null;
}
