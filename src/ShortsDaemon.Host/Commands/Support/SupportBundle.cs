using System.IO.Compression;

namespace ShortsDaemon.Host.Commands.Support;

/// <summary>Writes the parts into one zip, scrubbed. A part that breaks says why in its place.</summary>
internal sealed class SupportBundle(SecretScrub scrub, TimeProvider time)
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="path">Of the zip; there is no such file yet.</param>
    /// <param name="parts">What goes in.</param>
    /// <param name="cancel">Gives up; nothing is left then.</param>
    /// <returns>Names of the parts that could not be made, with the reason.</returns>
    /// <exception cref="IOException">It cannot be written there.</exception>
    public async Task<IReadOnlyList<string>> WriteAsync(
        string path,
        IReadOnlyList<BundlePart> parts,
        CancellationToken cancel
    )
    {
        List<string> missing = [];
        var file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                // Titles and paths are for whom the owner chooses.
                UnixCreateMode = Owner,
            }
        );
        try
        {
            await using (file)
            await using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
            {
                foreach (var part in parts)
                {
                    var (text, trouble) = await MakeAsync(part, cancel);
                    if (trouble is not null)
                        missing.Add($"{part.Name}: {trouble}");
                    await AddAsync(zip, part.Name, text, cancel);
                }
                await AddAsync(zip, "README.txt", Contents(parts, missing), cancel);
            }
            return missing;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private async Task<(string Text, string? Trouble)> MakeAsync(BundlePart part, CancellationToken cancel)
    {
        try
        {
            var made = await part.MakeAsync(cancel);
            var text = made is string plain ? scrub.Text(plain) : scrub.Json(made);
            return scrub.IsLeftIn(text)
                ? Instead("a secret could not be taken out of it, so it was left out")
                : (text, null);
        }
#pragma warning disable CA1031 // what is broken is what the bundle is for; the other parts are wanted all the more
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return Instead(scrub.Text($"it could not be made: {e.GetBaseException().Message}"));
        }
    }

    private static (string Text, string Trouble) Instead(string trouble) => (trouble, trouble);

    private async Task AddAsync(ZipArchive zip, string name, string text, CancellationToken cancel)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = time.GetUtcNow();
        await using var writer = new StreamWriter(await entry.OpenAsync(cancel));
        await writer.WriteAsync(text.AsMemory(), cancel);
    }

    private string Contents(IReadOnlyList<BundlePart> parts, IReadOnlyList<string> missing)
    {
        string[] lines =
        [
            $"Support bundle of ShortsDaemon, made at {time.GetUtcNow():u}",
            "",
            .. parts.Select(part => $"{part.Name, -20}{part.Words}"),
            "",
            "Secrets have been replaced by ***. Titles, names of channels and accounts, and paths are in it.",
            .. missing,
            "",
        ];
        return string.Join('\n', lines);
    }
}
