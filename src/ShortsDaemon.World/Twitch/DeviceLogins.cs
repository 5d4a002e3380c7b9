using System.Security.Cryptography;

namespace ShortsDaemon.World.Twitch;

/// <summary>Logins by device code that wait for somebody to confirm them.</summary>
internal sealed class DeviceLogins(TwitchWorld twitch)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);

    public (string DeviceCode, string UserCode) Start(IReadOnlyList<string> scopes)
    {
        var (device, user) = (TwitchTokens.Secret(), RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ", 8));
        lock (_lock)
            _waiting[device] = new(scopes, twitch.Time.GetUtcNow() + Life);
        return (device, user);
    }

    /// <returns>Known: the code exists, is not used and not expired. Granted: null as long as nobody has confirmed.</returns>
    public (bool Known, GrantedUser? Granted) Poll(string deviceCode)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(deviceCode, out var login) || login.Expires <= twitch.Time.GetUtcNow())
                return (false, null);
            if (twitch.Switches.DeviceLogin is not { } user || login.Polls++ < twitch.Switches.DevicePendingPolls)
                return (true, null);
            _waiting.Remove(deviceCode);
            return (true, twitch.Tokens.GrantUser(twitch.Users.Require(user).Id, login.Scopes));
        }
    }

    private sealed class Waiting(IReadOnlyList<string> scopes, DateTimeOffset expires)
    {
        public IReadOnlyList<string> Scopes => scopes;
        public DateTimeOffset Expires => expires;
        public int Polls { get; set; }
    }
}
