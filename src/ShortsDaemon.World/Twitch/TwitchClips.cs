using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ShortsDaemon.World.Twitch;

/// <summary>The clips of the fake Twitch.</summary>
internal sealed class TwitchClips
{
    private static readonly string[] Manners = ["Brave", "Sleepy", "Tiny", "Proud", "Wild", "Gentle", "Odd", "Lucky"];
    private static readonly string[] Animals = ["Otter", "Badger", "Heron", "Gecko", "Moose", "Walrus", "Finch", "Yak"];
    private static readonly string[] Emotes = ["PogChamp", "Kappa", "LUL", "BibleThump", "HeyGuys", "NotLikeThis"];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, TwitchClip> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _ofBroadcaster = new(StringComparer.Ordinal);
    private int _made;

    public string Add(string broadcasterId, NewClip clip)
    {
        lock (_lock)
        {
            var id = clip.Id ?? NextId();
            _byId.Add(id, new(id, broadcasterId, clip));
            if (!_ofBroadcaster.TryGetValue(broadcasterId, out var ids))
                _ofBroadcaster[broadcasterId] = ids = [];
            ids.Add(id);
            return id;
        }
    }

    public TwitchClip? ById(string id)
    {
        lock (_lock)
            return _byId.GetValueOrDefault(id);
    }

    public List<TwitchClip> OfBroadcaster(string id)
    {
        lock (_lock)
            return _ofBroadcaster.TryGetValue(id, out var ids) ? [.. ids.Select(clip => _byId[clip])] : [];
    }

    public List<TwitchClip> OfGame(string id)
    {
        lock (_lock)
            return [.. _byId.Values.Where(clip => clip.Is.Game == id)];
    }

    public void Change(string id, Func<NewClip, NewClip> change)
    {
        lock (_lock)
            _byId[id] = _byId[id] with { Is = change(_byId[id].Is) };
    }

    public void Delete(string id)
    {
        lock (_lock)
            if (_byId.Remove(id, out var clip))
                _ofBroadcaster[clip.BroadcasterId].Remove(id);
    }

    /// <summary>Three words and a tail that may hold, and end with, - and _.</summary>
    private string NextId()
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(_made++.ToString(CultureInfo.InvariantCulture)));
        var words =
            Manners[hash[0] % Manners.Length] + Animals[hash[1] % Animals.Length] + Emotes[hash[2] % Emotes.Length];
        var tail = Convert.ToBase64String(hash, 3, 12).Replace('+', '-').Replace('/', '_');
        return $"{words}-{tail}{(hash[20] % 8 == 0 ? "-" : "")}";
    }
}
