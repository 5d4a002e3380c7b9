using System.Globalization;
using System.Text;

namespace ShortsDaemon.Host.Metrics;

/// <summary>The text that Prometheus scrapes, format 0.0.4; see docs/decisions/metrics.md.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <returns>UTF-8. Names are told also of families that have no value yet.</returns>
    public static byte[] Write(IEnumerable<Family> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(InHelp(family.Help)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(Word(family.Kind)).Append('\n');
            foreach (var sample in family.Samples)
                Append(text, family.Name, sample);
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, string name, Sample sample)
    {
        text.Append(name).Append(sample.Suffix);
        if (sample.Labels.Count > 0)
            text.Append('{')
                .AppendJoin(',', sample.Labels.Select(label => $"{label.Name}=\"{InLabel(label.Value)}\""))
                .Append('}');
        text.Append(' ').Append(Number(sample.Value)).Append('\n');
    }

    /// <summary>As values and bucket limits are written.</summary>
    public static string Number(double value) =>
        value switch
        {
            double.PositiveInfinity => "+Inf",
            double.NegativeInfinity => "-Inf",
            _ => value.ToString("R", CultureInfo.InvariantCulture),
        };

    private static string Word(FamilyKind kind) => kind.ToString().ToLowerInvariant();

    private static string InHelp(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    private static string InLabel(string text) => InHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);
}
