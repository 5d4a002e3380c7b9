using System.Globalization;

namespace ShortsDaemon.Host.Web.Insights;

/// <summary>What is looked back at, as it stands in the address.</summary>
/// <param name="Days">So many days back.</param>
/// <param name="Channel">Only this channel; null: all.</param>
public sealed record InsightsQuery(int Days, string? Channel)
{
    /// <summary>What can be chosen.</summary>
    public static IReadOnlyList<int> Choices { get; } = [7, 30, 90, 365];

    private const int Usual = 30;

    /// <summary>What makes no sense is the usual: an address may be old, or typed.</summary>
    public static InsightsQuery Of(IQueryCollection query)
    {
        var isNumber = int.TryParse(query["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var days);
        var channel = query["channel"].ToString();
        return new(isNumber && Choices.Contains(days) ? days : Usual, channel.Length > 0 ? channel : null);
    }
}
