using ShortsDaemon.World;

namespace ShortsDaemon.IntegrationTests.World.Month;

/// <summary>What goes wrong at the platforms now and then.</summary>
internal sealed class Mishaps(WorldServer world, Random random)
{
    private static readonly (string Call, string Action)[] Answers =
    [
        ("youtube.upload.start", "status 503"),
        ("youtube.upload.chunk", "status 503"),
        ("youtube.videos", "status 500"),
        ("twitch.clips", "status 503"),
        ("google.token", "status 503"),
    ];

    public int Count { get; private set; }

    /// <summary>What happens within some minutes.</summary>
    public void Happen()
    {
        if (random.NextDouble() > 0.03)
            return;
        Count++;
        switch (random.Next(3))
        {
            case 0:
                world.YouTube.LoseLastAnswers();
                break;
            case 1:
                world.YouTube.CutNextChunks(1000);
                break;
            default:
                var (call, action) = Answers[random.Next(Answers.Length)];
                world.Faults.Add(call, action, times: random.Next(1, 5));
                break;
        }
    }
}
