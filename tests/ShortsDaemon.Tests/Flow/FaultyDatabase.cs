using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ShortsDaemon.Tests.Flow;

/// <summary>Before and after each write.</summary>
internal sealed class FaultySaves(FaultScript script) : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        script.AtDatabase();
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        script.AtDatabase();
        return ValueTask.FromResult(result);
    }
}

/// <summary>Before and after each commit.</summary>
internal sealed class FaultyCommits(FaultScript script) : DbTransactionInterceptor
{
    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        script.AtDatabase();
        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        script.AtDatabase();
        return Task.CompletedTask;
    }
}
