namespace ShortsDaemon.Host.Web.Security;

/// <summary>Who asks.</summary>
internal static class Visitor
{
    /// <returns>Name of the account; without one it is whoever sits at this machine.</returns>
    public static string Of(HttpContext http) => http.User.Identity?.Name ?? "this machine";
}
