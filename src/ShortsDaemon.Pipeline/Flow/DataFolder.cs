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

    /// <summary>Where the canary comes from and goes to; there only while it is under way.</summary>
    public string Canary => Path.Combine(Root, "canary");

    public WorkFolder Of(ItemId item) => new(Path.Combine(Work, item.ToString()));
}
