using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Configuration;

/// <summary>What is wrong with the latest edit of the configuration, for people.</summary>
/// <param name="Errors">Because of them it was refused; none: it is in force.</param>
/// <param name="Warnings">Of what is in force.</param>
/// <param name="Since">When the configuration in force came into force; null: not known.</param>
public sealed record ConfigurationTrouble(
    IReadOnlyList<ConfigurationProblem> Errors,
    IReadOnlyList<ConfigurationProblem> Warnings,
    DateTimeOffset? Since
)
{
    public static ConfigurationTrouble Of(LiveOptions live)
    {
        var problems = live.Problems.Select(p =>
            p with
            {
                What = SecretFree.Text(p.What),
                Mend = SecretFree.Text(p.Mend),
            }
        );
        var byKind = problems.ToLookup(p => p.IsError);
        return new([.. byKind[true]], [.. byKind[false]], live.Origin?.Since);
    }
}
