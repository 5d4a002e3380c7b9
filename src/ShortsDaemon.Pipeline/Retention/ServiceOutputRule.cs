namespace ShortsDaemon.Pipeline.Retention;

/// <summary>
/// What the service manager writes of the service's output grows for ever. It has the file open, so it is not removed but
/// cut: the last of it stays.
/// </summary>
internal sealed class ServiceOutputRule : IRetentionRule
{
    private const int MiB = 1024 * 1024;
    private const int Kept = MiB;

    public Task<IReadOnlyList<Leftover>> FindAsync(RetentionOptions options, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Leftover>>([
            .. options
                .ServiceOutput.Distinct(StringComparer.Ordinal)
                .Where(path => IsLong(path, options))
                .Select(path => new Leftover(
                    "service output",
                    path,
                    $"longer than {options.ServiceOutputMiB} MiB; its last MiB stays",
                    1,
                    OwnFile.SizeOf(path) - Kept
                )
                {
                    RemoveAsync = token => CutAsync(path, options, token),
                }),
        ]);

    private static bool IsLong(string path, RetentionOptions options) =>
        new FileInfo(path) is { Exists: true, LinkTarget: null } file
        && file.Length > options.ServiceOutputMiB * (long)MiB;

    private static async Task<bool> CutAsync(string path, RetentionOptions options, CancellationToken cancel)
    {
        if (!IsLong(path, options))
            return false;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1);
        file.Seek(-Kept, SeekOrigin.End);
        var last = new byte[Kept];
        await file.ReadExactlyAsync(last, cancel);
        // From a whole line on.
        var begin = Array.IndexOf(last, (byte)'\n') + 1;
        file.SetLength(0);
        file.Seek(0, SeekOrigin.Begin);
        await file.WriteAsync(last.AsMemory(begin), CancellationToken.None);
        return true;
    }
}
