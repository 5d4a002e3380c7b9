using System.Net;
using System.Net.Sockets;

namespace ShortsDaemon.Host.Web.Security;

/// <summary>Who asks.</summary>
internal static class Visitor
{
    private const int NetworkBytes = 8;

    /// <returns>Name of the account, or "token NAME"; without one it is whoever sits at this machine.</returns>
    public static string Of(HttpContext http) => http.User.Identity?.Name ?? "this machine";

    /// <returns>Whom limits count: an address; of IPv6 the network (/64), for it is one household that has all of it.</returns>
    public static string ClientOf(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, NetworkBytes, bytes.Length - NetworkBytes);
        return new IPAddress(bytes).ToString();
    }
}
