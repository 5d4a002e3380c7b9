using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ShortsDaemon.Host.Web.Security;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Host.Web.Access;

/// <summary>Who may enter, and the tokens of programs. The API cannot reach this: a token makes no others.</summary>
internal static class AccessPages
{
    public static void MapAccess(this IEndpointRouteBuilder room)
    {
        room.MapGet("/access", (AccessReader reader) => Show(reader.Read()));
        room.MapPost("/access/tokens", AddAsync);
        room.MapPost("/access/tokens/remove", RemoveAsync);
    }

    private static async Task<RazorComponentResult<AccessPage>> AddAsync(
        HttpContext http,
        AccessReader reader,
        Tokens tokens,
        ILogger<AccessReader> log,
        [FromForm] string? name,
        [FromForm] string? scope,
        [FromForm] string? days
    )
    {
        if (!AccountName.IsGood(name ?? ""))
            return Refuse(reader, "A name takes 1 to 64 letters, digits, '-' and '_'.");
        if (!Enum.TryParse<TokenScope>(scope, out var allowed) || !Enum.IsDefined(allowed))
            return Refuse(reader, "Choose what the token may do.");
        if (!TryDays(days, out var end))
            return Refuse(reader, $"Days are a whole number from 1 to {Tokens.MostDays}, or left empty.");
        if (await tokens.AddAsync(name!, allowed, end, CancellationToken.None) is not { } secret)
            return Refuse(reader, $"There is a token '{name}' already. Revoke it first, or choose another name.");
        log.LogInformation("{Who} made the token {Name}, scope {Scope}", Visitor.Of(http), name, allowed);
        return Show(reader.Read() with { Made = new MadeToken(name!, secret) });
    }

    // One that has gone meanwhile needs no complaint.
    private static async Task<IResult> RemoveAsync(
        HttpContext http,
        Tokens tokens,
        ILogger<AccessReader> log,
        [FromForm] string of
    )
    {
        if (await tokens.RemoveAsync(of, CancellationToken.None))
            log.LogInformation("{Who} revoked the token {Name}", Visitor.Of(http), of);
        return Results.LocalRedirect("/access#tokens");
    }

    private static bool TryDays(string? text, out int? days)
    {
        days = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        days = number;
        return isNumber && number is >= 1 and <= Tokens.MostDays;
    }

    private static RazorComponentResult<AccessPage> Refuse(AccessReader reader, string wrong) =>
        Show(reader.Read() with { Wrong = wrong }, StatusCodes.Status400BadRequest);

    private static RazorComponentResult<AccessPage> Show(AccessReading reading, int status = StatusCodes.Status200OK) =>
        new(new { Reading = reading }) { StatusCode = status };
}

/// <summary>Reads what the page of accounts and tokens shows.</summary>
internal sealed class AccessReader(Accounts accounts, Tokens tokens, LiveOptions live, TimeProvider time)
{
    public AccessReading Read() =>
        new(
            time.GetUtcNow(),
            [.. accounts.ReadAll().Select(account => account.Name).Order(StringComparer.OrdinalIgnoreCase)],
            TokenLine.All(tokens, live)
        );
}
