namespace ShortsDaemon.Host.Web.Api;

/// <summary>What went wrong, as problem+json (RFC 9457), and how to mend it.</summary>
internal static class ApiProblem
{
    /// <param name="status">HTTP status.</param>
    /// <param name="what">What went wrong, in one sentence.</param>
    /// <param name="mend">What to do about it.</param>
    public static IResult Of(int status, string what, string mend) =>
        Results.Problem(
            what,
            statusCode: status,
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["mend"] = mend }
        );

    public static IResult NotFound(string what, string mend) => Of(StatusCodes.Status404NotFound, what, mend);

    /// <summary>Every mistake of a request at once.</summary>
    public static IResult Of(IReadOnlyList<WrongValue> wrong) =>
        Results.Problem(
            string.Join(" ", wrong.Select(value => value.What)),
            statusCode: StatusCodes.Status400BadRequest,
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = wrong }
        );

    /// <summary>An answer that has no body of its own.</summary>
    public static IResult Bare(HttpContext http) =>
        Of(
            http.Response.StatusCode,
            http.Response.StatusCode switch
            {
                StatusCodes.Status404NotFound => $"There is nothing at '{http.Request.Path}'.",
                StatusCodes.Status405MethodNotAllowed => $"{http.Request.Method} does nothing there.",
                _ => "The request was not taken.",
            },
            "docs/control-room-api.md lists the addresses and what they take."
        );

    public static IResult LogIn() =>
        Of(
            StatusCodes.Status401Unauthorized,
            "Nobody is logged in.",
            "Send a token as 'Authorization: Bearer TOKEN' (ShortsDaemon token add NAME), or log in at /login and send the cookie."
        );
}

/// <param name="Key">Of the query.</param>
/// <param name="What">What is wrong with its value.</param>
/// <param name="Mend">What it may be.</param>
internal sealed record WrongValue(string Key, string What, string Mend);
