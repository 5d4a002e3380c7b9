using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ShortsDaemon.IntegrationTests.World.Month;

/// <summary>After its death a process writes nothing down any more, whatever it was at.</summary>
internal sealed class Death : DbCommandInterceptor
{
    private volatile bool _hasCome;

    public void Come() => _hasCome = true;

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result
    ) => Pass(result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    ) => new(Pass(result));

    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result
    ) => Pass(result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    ) => new(Pass(result));

    private T Pass<T>(T result) => _hasCome ? throw new InvalidOperationException("this process is dead") : result;
}
