using System.Collections.Concurrent;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;

/// <summary>Twitch counts the application and each account apart, and some paths once more by themselves.</summary>
public sealed class RateBudgets(LiveOptions options, TimeProvider time)
{
    // What a client has unless Twitch was asked for more.
    private const double Usual = 800;

    private readonly ConcurrentDictionary<string, RateBudget> _budgets = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>The budgets that a call has to pass, the common one first.</returns>
    internal IReadOnlyList<RateBudget> Of(HelixRequest request)
    {
        var common = Get(request.Account is { } account ? $"account {account}" : "application", Usual);
        return request.OwnLimit is { } own ? [common, Get($"path {request.Path}", own)] : [common];
    }

    private RateBudget Get(string name, double limit) =>
        _budgets.GetOrAdd(name, _ => new RateBudget(() => options.Value.Twitch.BudgetPercent / 100, limit, time));
}
