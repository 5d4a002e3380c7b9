using System.Runtime.ExceptionServices;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish;

/// <summary>What it means for an item that some of its destinations did not take it this time.</summary>
internal static class DestinationFailures
{
    /// <summary>A lost file and what counts as a try go first; the others only wait, and the first of them says when to come back.</summary>
    public static Outcome.RetryLater Later(Item item, List<Exception> failures, RetryOptions retry, DateTimeOffset now)
    {
        var first =
            failures.Find(e => e is MissingArtefactException)
            ?? failures.Find(e => Faults.Of(e) != Fault.Unavailable)
            ?? (failures.Count == 1 ? failures[0] : null);
        if (first is not null)
            ExceptionDispatchInfo.Throw(first);
        var pause = now + BackOff.After(retry, item.Waits + 1);
        var when = failures.Min(e => e is NotYetException known ? known.Until : pause);
        var reason = string.Join("; ", failures.Select(e => e.Message).Distinct());
        return failures.TrueForAll(e => e is NotYetException)
            ? throw new NotYetException(when, reason)
            : new Outcome.RetryLater(when, reason);
    }

    /// <summary>After it the item would be given up, and with it the destinations that only wait.</summary>
    public static bool IsLastTry(Item item, Exception failure, RetryOptions retry) =>
        failure is not MissingArtefactException
        && Faults.Of(failure) == Fault.Transient
        && item.Tries + 1 >= retry.MaxAttempts;

    /// <returns>How the item ends when no destination took it; null: one did, which is enough.</returns>
    public static Outcome? Everywhere(IReadOnlyList<Publication> promises)
    {
        var settled = promises.Where(p => p.SettledAt is not null).ToList();
        if (settled.Count == 0 || settled.Exists(p => p.Rejection is null))
            return null;
        var reason = string.Join("; ", settled.Select(p => p.Rejection).Distinct());
        return settled.Exists(p => p.RemoteId is not null) ? new Outcome.Rejected(reason) : new Outcome.Failed(reason);
    }
}
