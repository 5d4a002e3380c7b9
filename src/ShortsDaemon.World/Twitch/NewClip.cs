namespace ShortsDaemon.World.Twitch;

/// <summary>A clip as a test or a rehearsal describes it.</summary>
/// <param name="Title">As its creator named it.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record NewClip(string Title, DateTimeOffset CreatedAt)
{
    /// <summary>Null: made up, in Twitch's manner.</summary>
    public string? Id { get; init; }

    /// <summary>In s.</summary>
    public double Duration { get; init; } = 20;

    public int Views { get; init; } = 10;

    /// <summary>Display name of who made it.</summary>
    public string Creator { get; init; } = "Fan";

    /// <summary>Id of a game (see <see cref="TwitchWorld.AddGame"/>); empty: none.</summary>
    public string Game { get; init; } = "";

    public string Language { get; init; } = "en";

    public bool Featured { get; init; }

    /// <summary>Id of the stream's recording; empty: there is none.</summary>
    public string VodId { get; init; } = "";

    /// <summary>In s from the recording's begin.</summary>
    public int? VodOffset { get; init; }

    /// <summary>Until then the API says neither <see cref="VodId"/> nor <see cref="VodOffset"/>.</summary>
    public DateTimeOffset VodKnownFrom { get; init; } = DateTimeOffset.MinValue;

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 720;

    /// <summary>A file of so many zero bytes in place of a clip, for instance 5 GB. Null: a real clip.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>The downloads endpoint has a URL for it.</summary>
    public bool Downloadable { get; init; } = true;
}

/// <param name="Id">For instance BraveTinyOtterPogChamp-Ab_c-1.</param>
/// <param name="BroadcasterId">Whose stream it shows.</param>
/// <param name="Is">What it is.</param>
internal sealed record TwitchClip(string Id, string BroadcasterId, NewClip Is);
