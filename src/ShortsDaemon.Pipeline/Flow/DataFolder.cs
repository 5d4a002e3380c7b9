namespace ShortsDaemon.Pipeline.Flow;

/// <summary>Where everything lies in the data directory.</summary>
/// <param name="Root">Absolute path of Daemon:DataDirectory.</param>
public sealed record DataFolder(string Root)
{
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>Work folders, one for each item under way.</summary>
    public string Work => Path.Combine(Root, "work");

    /// <summary>Held by the one daemon that may use this directory.</summary>
    public string Lock => Path.Combine(Root, "shorts.lock");

    /// <summary>Which encoders were proven to work.</summary>
    public string EncoderTrials => Path.Combine(Root, "encoders.json");

    /// <summary>What the control room signs its cookies with.</summary>
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>Where the canary comes from and goes to; there only while it is under way.</summary>
    public string Canary => Path.Combine(Root, "canary");

    /// <summary>Thumbnails of Shorts that passed the gate: they outlive the work folders.</summary>
    public string Previews => Path.Combine(Root, "previews");

    /// <summary>Recordings that are being uploaded, each in a folder of its own.</summary>
    public string Uploads => Path.Combine(Root, "uploads");

    public string PreviewOf(ItemId item) => Path.Combine(Previews, $"{item}.jpg");

    public WorkFolder Of(ItemId item) => new(Path.Combine(Work, item.ToString()));
}
