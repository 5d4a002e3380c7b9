using FsCheck;
using FsCheck.Fluent;

namespace ShortsDaemon.Tests.Flow;

/// <summary>Random plans, and smaller ones to explain a failure.</summary>
internal static class WalkPlans
{
    public static Arbitrary<WalkPlan> Of(IReadOnlyList<FaultKind> kinds)
    {
        var fault =
            from point in Gen.Choose(0, 60)
            from kind in Gen.Elements(kinds.ToArray())
            select new PlannedFault(point, kind);
        var plan =
            from items in Gen.Choose(1, 4)
            from sideBySide in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
            from isReviewed in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
            from count in Gen.Choose(0, 14)
            from faults in fault.ListOf(count)
            select new WalkPlan(items, sideBySide, faults.ToList()) { IsReviewed = isReviewed };
        return Arb.From(plan, Smaller);
    }

    private static IEnumerable<WalkPlan> Smaller(WalkPlan plan)
    {
        for (var i = 0; i < plan.Faults.Count; i++)
            yield return plan with
            {
                Faults = [.. plan.Faults.Where((_, at) => at != i)],
            };
        if (plan.SideBySide)
            yield return plan with
            {
                SideBySide = false,
            };
        if (plan.IsReviewed)
            yield return plan with
            {
                IsReviewed = false,
            };
        if (plan.Items > 1)
            yield return plan with
            {
                Items = plan.Items - 1,
            };
    }
}
