using ShortsDaemon.World.Google;

namespace ShortsDaemon.World.YouTube;

/// <summary>Limits of one project for one day in the Pacific zone.</summary>
/// <param name="UploadsPerDay">Calls of videos.insert.</param>
/// <param name="SearchesPerDay">Calls of search.list.</param>
/// <param name="UnitsPerDay">Everything else.</param>
public sealed record QuotaLimits(long UploadsPerDay = 100, long SearchesPerDay = 100, long UnitsPerDay = 10_000);

/// <summary>What a project has used on one day.</summary>
/// <param name="Day">In the Pacific zone.</param>
/// <param name="Uploads">Accepted starts of an upload.</param>
/// <param name="Searches">Searches.</param>
/// <param name="Units">Everything else.</param>
/// <param name="Refused">Requests that came although the quota was empty.</param>
public sealed record QuotaUse(DateOnly Day, long Uploads = 0, long Searches = 0, long Units = 0, long Refused = 0);

/// <summary>What an accepted request takes.</summary>
internal sealed record Cost(long Uploads = 0, long Searches = 0, long Units = 0)
{
    public static readonly Cost Free = new();
    public static readonly Cost Upload = new(Uploads: 1);
    public static readonly Cost Search = new(Searches: 1);
    public static readonly Cost List = new(Units: 1);
    public static readonly Cost Write = new(Units: 50);
    public static readonly Cost CaptionList = new(Units: 50);
    public static readonly Cost CaptionInsert = new(Units: 400);
}

/// <summary>Counts what projects use per Pacific day; the day has 23 or 25 hours twice a year.</summary>
internal sealed class QuotaBook(TimeProvider time)
{
    private static readonly TimeZoneInfo Pacific = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    private readonly Lock _gate = new();
    private readonly Dictionary<GoogleProject, QuotaLimits> _limits = [];
    private readonly Dictionary<(GoogleProject, DateOnly), QuotaUse> _uses = [];

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), Pacific).DateTime);

    public void Limit(GoogleProject project, QuotaLimits limits)
    {
        lock (_gate)
            _limits[project] = limits;
    }

    public QuotaUse Use(GoogleProject project)
    {
        lock (_gate)
            return Look(project, Today);
    }

    /// <returns>Every day on which the project asked for something, oldest first.</returns>
    public IReadOnlyList<QuotaUse> Days(GoogleProject project)
    {
        lock (_gate)
            return [.. _uses.Where(u => u.Key.Item1 == project).Select(u => u.Value).OrderBy(u => u.Day)];
    }

    /// <exception cref="ApiException">The bucket is empty.</exception>
    public void Spend(GoogleProject project, Cost cost)
    {
        lock (_gate)
        {
            var use = Look(project, Today);
            var next = Add(use, cost, 1);
            if (Refusal(next, cost, _limits.GetValueOrDefault(project) ?? new QuotaLimits()) is { } refusal)
            {
                Keep(project, use with { Refused = use.Refused + 1 });
                throw new ApiException(refusal);
            }
            Keep(project, next);
        }
    }

    /// <summary>A refused request gives back its cost and costs one unit; what costs nothing costs nothing when refused.</summary>
    public void Refund(GoogleProject project, Cost cost)
    {
        lock (_gate)
            if (cost != Cost.Free)
                Keep(project, Add(Add(Look(project, Today), cost, -1), Cost.List, 1));
    }

    private static QuotaUse Add(QuotaUse use, Cost cost, int sign) =>
        use with
        {
            Uploads = use.Uploads + sign * cost.Uploads,
            Searches = use.Searches + sign * cost.Searches,
            Units = use.Units + sign * cost.Units,
        };

    private static ApiRefusal? Refusal(QuotaUse next, Cost cost, QuotaLimits limits) =>
        cost.Uploads > 0 && next.Uploads > limits.UploadsPerDay ? ApiRefusal.UploadsUsedUp
        : cost.Searches > 0 && next.Searches > limits.SearchesPerDay ? ApiRefusal.SearchesUsedUp
        : cost.Units > 0 && next.Units > limits.UnitsPerDay ? ApiRefusal.QuotaExceeded
        : null;

    private QuotaUse Look(GoogleProject project, DateOnly day) =>
        _uses.GetValueOrDefault((project, day)) ?? new QuotaUse(day);

    private void Keep(GoogleProject project, QuotaUse use) => _uses[(project, use.Day)] = use;
}
