using System.Net.Http.Headers;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

/// <summary>What has arrived of a file so far, and what tells whether the server still has the same file.</summary>
internal sealed class PartialDownload(string folder)
{
    private readonly string _validatorFile = Path.Combine(folder, "official.validator");

    public string File { get; } = Path.Combine(folder, "official.part");

    public long Length => new FileInfo(File) is { Exists: true } file ? file.Length : 0;

    /// <summary>Length of the whole file as told in this run; null: not told yet.</summary>
    public long? Total { get; set; }

    /// <summary>Without it the rest may belong to another file; then only a cut of this very run is mended.</summary>
    public RangeConditionHeaderValue? Validator { get; private set; }

    /// <summary>Takes up what an earlier run left, if that is safe.</summary>
    public static PartialDownload Open(string folder)
    {
        var partial = new PartialDownload(folder);
        if (System.IO.File.Exists(partial._validatorFile))
            partial.Validator = Parse(System.IO.File.ReadAllText(partial._validatorFile));
        if (partial.Validator is null)
            partial.Drop();
        return partial;
    }

    public void Drop()
    {
        System.IO.File.Delete(File);
        System.IO.File.Delete(_validatorFile);
        (Validator, Total) = (null, null);
    }

    /// <summary>Begins anew with the file of this answer.</summary>
    public void Begin(HttpResponseMessage answer)
    {
        Drop();
        Total = answer.Content.Headers.ContentLength;
        if (answer.Headers.ETag is not { IsWeak: false } tag)
            return;
        Validator = new RangeConditionHeaderValue(tag);
        System.IO.File.WriteAllText(_validatorFile, tag.ToString());
    }

    private static RangeConditionHeaderValue? Parse(string text) =>
        EntityTagHeaderValue.TryParse(text, out var tag) ? new RangeConditionHeaderValue(tag) : null;
}
