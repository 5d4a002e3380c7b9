using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Tests.Flow;

internal sealed class FaultsTests
{
    private static readonly TestCaseData[] Meanings =
    [
        new(new RefusedMediaException("x"), "Permanent"),
        new(new UnavailableException("x"), "Unavailable"),
        new(new ToolMissingException("x"), "Unavailable"),
        new(new NoEncoderException([]), "Unavailable"),
        new(new DiskFullException("x"), "Unavailable"),
        new(new IOException("x"), "Unavailable"),
        new(new FileNotFoundException("x"), "Unavailable"),
        new(new UnauthorizedAccessException("x"), "Unavailable"),
        new(new DbUpdateException("x"), "Unavailable"),
        new(new DbUpdateConcurrencyException("x"), "Unavailable"),
        new(new SqliteException("x", 5), "Unavailable"),
        new(new ProcessFailedException("x"), "Transient"),
        new(new ProcessTimeoutException("x"), "Transient"),
        new(new InvalidOperationException("x"), "Transient"),
        new(new OperationCanceledException("x"), "Transient"),
        new(new TimeoutException("x"), "Transient"),
    ];

    [TestCaseSource(nameof(Meanings))]
    public void Type_decides(Exception exception, string fault) =>
        Assert.That(Faults.Of(exception).ToString(), Is.EqualTo(fault));

    [TestCase(1, 30)]
    [TestCase(2, 60)]
    [TestCase(5, 480)]
    [TestCase(8, 3600)]
    [TestCase(1000, 3600)]
    [TestCase(int.MaxValue, 3600)]
    public void Waits_double_up_to_the_longest(int tries, double seconds)
    {
        var waits = Enumerable.Range(0, 50).Select(_ => BackOff.After(new RetryOptions(), tries).TotalSeconds).ToList();
        Assert.That(waits, Has.All.InRange(seconds * 0.9, seconds * 1.1));
        Assert.That(waits.Distinct().Count(), Is.GreaterThan(10), "items that failed together come back apart");
    }
}
