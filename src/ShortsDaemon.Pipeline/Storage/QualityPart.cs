namespace ShortsDaemon.Pipeline.Storage;

/// <summary>One part of a Short's quality.</summary>
/// <param name="Group">What it is a part of.</param>
/// <param name="Name">For instance Sharpness.</param>
/// <param name="Points">0–100.</param>
/// <param name="Finding">What was measured, with units.</param>
public sealed record QualityPart(QualityGroup Group, string Name, double Points, string Finding);

public enum QualityGroup
{
    /// <summary>How it looks.</summary>
    Visual,

    /// <summary>What happens in it.</summary>
    Content,

    /// <summary>How cleanly it is made.</summary>
    Technical,
}

/// <summary>The quality of a Short, 0–100: the mean of its parts, weighted by group.</summary>
/// <param name="Total">Of all groups.</param>
/// <param name="Visual">How it looks; null: not measured.</param>
/// <param name="Content">What happens in it; null: not measured.</param>
/// <param name="Technical">How cleanly it is made; null: not measured.</param>
public sealed record QualityScore(double Total, double? Visual, double? Content, double? Technical)
{
    /// <returns>Null when nothing was measured.</returns>
    public static QualityScore? Of(IReadOnlyList<QualityPart> parts)
    {
        var groups = parts.GroupBy(p => p.Group).ToDictionary(g => g.Key, g => g.Average(p => p.Points));
        return groups.Count == 0
            ? null
            : new QualityScore(
                Math.Round(groups.Sum(g => WeightOf(g.Key) * g.Value) / groups.Keys.Sum(WeightOf)),
                Rounded(groups, QualityGroup.Visual),
                Rounded(groups, QualityGroup.Content),
                Rounded(groups, QualityGroup.Technical)
            );
    }

    private static double? Rounded(Dictionary<QualityGroup, double> groups, QualityGroup group) =>
        groups.TryGetValue(group, out var mean) ? Math.Round(mean) : null;

    private static double WeightOf(QualityGroup group) => group == QualityGroup.Technical ? 0.2 : 0.4;
}
