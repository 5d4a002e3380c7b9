using System.Text.Json.Serialization;

namespace ShortsDaemon.Host.Web.Uploads;

/// <summary>A recording on its way in, as it is kept beside its bytes.</summary>
/// <param name="Channel">Whose inbox it is for.</param>
/// <param name="Name">File name, cleaned.</param>
/// <param name="Length">Bytes it has when it is whole.</param>
/// <param name="Visitor">Who sends it.</param>
/// <param name="CreatedAt">When it was announced.</param>
public sealed record Upload(string Channel, string Name, long Length, string Visitor, DateTimeOffset CreatedAt)
{
    public const string Info = "upload.json";

    /// <summary>Random; whoever knows it may go on with it.</summary>
    public string Id { get; init; } = "";

    /// <summary>Why the whole recording was not taken; null: it was, or is not whole yet.</summary>
    public string? Refused { get; init; }

    /// <summary>Where its bytes and its description lie.</summary>
    [JsonIgnore]
    public string Folder { get; init; } = "";

    /// <summary>Its bytes, as far as they have come. With its own ending, which some formats are known by.</summary>
    [JsonIgnore]
    public string File => Path.Combine(Folder, "recording" + Path.GetExtension(Name).ToLowerInvariant());

    /// <summary>It lies in the inbox: nothing else takes the bytes away.</summary>
    [JsonIgnore]
    public bool IsDelivered => Refused is null && !System.IO.File.Exists(File);

    [JsonIgnore]
    public bool IsOpen => Refused is null && System.IO.File.Exists(File);

    /// <summary>Bytes that have come.</summary>
    [JsonIgnore]
    public long Offset => new FileInfo(File) is { Exists: true } file ? file.Length : Length;
}
