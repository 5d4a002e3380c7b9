using ShortsDaemon.World;
using ShortsDaemon.World.Twitch;

namespace ShortsDaemon.IntegrationTests.World.Month;

/// <summary>They clip all day, now and then several of them the same moment.</summary>
internal sealed class Viewers(WorldServer world, IReadOnlyList<string> logins, Random random)
{
    private readonly Dictionary<string, int> _moments = new(StringComparer.Ordinal);
    private int _moment;

    /// <summary>Which moment a clip shows.</summary>
    public IReadOnlyDictionary<string, int> Moments => _moments;

    public void Begin()
    {
        foreach (var login in logins)
            world.Twitch.AddBroadcaster(login);
    }

    /// <summary>What they do within some minutes.</summary>
    public void Watch()
    {
        foreach (var login in logins)
            if (random.NextDouble() < 0.12)
                Clip(login, random.NextDouble() < 0.3 ? random.Next(2, 4) : 1);
    }

    private void Clip(string login, int viewers)
    {
        var now = world.Options.Time.GetUtcNow();
        var moment = _moment++;
        for (var i = 0; i < viewers; i++)
        {
            var clip = new NewClip($"moment {moment} {(i == 0 ? "wow" : "by another fan")}", now)
            {
                Duration = 20 + random.Next(20),
                Views = random.Next(1, 500),
                Creator = $"Fan{random.Next(100)}",
                VodId = $"v{login}",
                VodOffset = moment * 600 + i,
            };
            _moments.Add(world.Twitch.AddClip(login, clip), moment);
        }
    }
}
