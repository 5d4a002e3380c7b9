using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Explain;

/// <summary>Why an item was taken or not, with every number that counted.</summary>
internal static class DecisionWords
{
    public static string Tell(IReadOnlyList<Decision> decisions, ChannelClock clock) =>
        decisions.Count == 0
            ? "No selection has looked at it yet."
            : string.Join('\n', decisions.Select(decision => Tell(decision, clock)));

    private static string Tell(Decision decision, ChannelClock clock)
    {
        var head =
            $"At {clock.Say(decision.At)} {InWords(decision.Verdict)} by the rule {decision.Rule}: "
            + Words.Sentence(decision.Reason);
        if (decision.Features.Count == 0)
            return head + " It never came to a score.";
        var features = decision.Features.Select(Tell);
        return $"{head} Its score was {decision.Score:0.00}, the mean of these, each by its weight:\n{string.Join('\n', features)}";
    }

    private static string Tell(Feature feature) =>
        $"  - {Measured(feature, Words.Plain(feature.Name, ""))}: {feature.Points:0.00} points × weight {feature.Weight:0.##} = {feature.Points * feature.Weight:0.00}";

    private static string Measured(Feature feature, string name) =>
        feature.Unit switch
        {
            "yes/no" => $"{name} {(feature.Value > 0 ? "yes" : "no")}",
            var unit when unit == name => $"{name} {feature.Value:0.##}",
            var unit => $"{name} {feature.Value:0.##} {unit}",
        };

    private static string InWords(Verdict verdict) =>
        verdict switch
        {
            Verdict.Selected => "it was selected",
            Verdict.Deferred => "it was left waiting",
            Verdict.Rejected => "it was rejected",
            Verdict.Expired => "it was dropped from the backlog",
            _ => $"the verdict was {verdict}",
        };
}
