using System.Text;
using NUnit.Framework;
using ShortsDaemon.Host.Metrics;

namespace ShortsDaemon.Tests.Metrics;

internal sealed class PrometheusTextTests
{
    [Test]
    public void Names_labels_and_values_are_written_as_the_format_wants()
    {
        var families = new[]
        {
            new Family("a_total", FamilyKind.Counter, "Back\\slash and\nline \"quoted\"", [Of(3)]),
            new Family(
                "b_bytes",
                FamilyKind.Gauge,
                "B",
                [Of(0.1, ("place", "C:\\x \"y\"\nz"), ("kind", "ü")), Of(1e21), Of(double.PositiveInfinity)]
            ),
            new Family("c", FamilyKind.Gauge, "Nothing yet", []),
        };

        var text = Encoding.UTF8.GetString(PrometheusText.Write(families));

        Assert.That(
            text,
            Is.EqualTo(
                """
                # HELP a_total Back\\slash and\nline "quoted"
                # TYPE a_total counter
                a_total 3
                # HELP b_bytes B
                # TYPE b_bytes gauge
                b_bytes{place="C:\\x \"y\"\nz",kind="ü"} 0.1
                b_bytes 1E+21
                b_bytes +Inf
                # HELP c Nothing yet
                # TYPE c gauge

                """
            )
        );
    }

    private static Sample Of(double value, params (string, string)[] labels) => new("", labels, value);
}
