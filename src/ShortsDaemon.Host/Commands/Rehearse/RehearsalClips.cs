using ShortsDaemon.World.Twitch;

namespace ShortsDaemon.Host.Commands.Rehearse;

/// <summary>Lets the broadcasters of the rehearsal stream: clips that are there, clips that come, two viewers at one moment, a clip that vanishes.</summary>
internal sealed class RehearsalClips(TwitchWorld twitch, IReadOnlyList<string> logins, TimeProvider time)
{
    private const int AtTheStart = 3;
    private static readonly TimeSpan NewClipEvery = TimeSpan.FromSeconds(20);

    private static readonly string[] Titles =
    [
        "what a save",
        "no way he did that",
        "the chat goes wild 😂",
        "one in a million",
        "speedrun record",
        "she never saw it coming",
        "\"last try\" <b>bold</b> & more",
        "كيف حدث هذا",
    ];

    // The same rehearsal each time: what differs between two runs is the program.
    private readonly Random _random = new(20261121);
    private readonly List<string> _games =
    [
        .. new[] { "Chess", "Elden Ring", "Just Chatting" }.Select(g => twitch.AddGame(g)),
    ];
    private int _made;

    public void Begin()
    {
        foreach (var login in logins)
            for (var i = 0; i < AtTheStart; i++)
                Add(login, time.GetUtcNow().AddMinutes(-10 - 25 * i));
        if (logins.Count > 0)
            AddSameMomentTwice(logins[0]);
    }

    /// <summary>New clips until it is told to stop.</summary>
    public async Task GoOnAsync(CancellationToken cancel)
    {
        var doomed = logins.Count > 0 ? Add(logins[^1], time.GetUtcNow()) : null;
        while (logins.Count > 0)
        {
            await Task.Delay(NewClipEvery, time, cancel);
            Add(logins[_made % logins.Count], time.GetUtcNow());
            if (doomed is not null)
                twitch.DeleteClip(doomed);
            doomed = null;
        }
    }

    private string Add(string login, DateTimeOffset at) => twitch.AddClip(login, Next(at));

    private void AddSameMomentTwice(string login)
    {
        var first = Next(time.GetUtcNow().AddMinutes(-5)) with { VodId = "2300000001", VodOffset = 4000 };
        twitch.AddClip(login, first);
        twitch.AddClip(login, first with { Title = "CLIP IT", Creator = "SecondFan", VodOffset = 4003 });
    }

    private NewClip Next(DateTimeOffset at) =>
        new(Titles[_made++ % Titles.Length], at)
        {
            Duration = 6 + _random.Next(4),
            Views = _random.Next(5, 500),
            Creator = $"Fan{_random.Next(1, 9)}",
            Game = _games[_random.Next(_games.Count)],
        };
}
