using NUnit.Framework;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>A mounted folder, unmounted at the end. Only root may do that; others skip the test.</summary>
internal sealed class Mount : IAsyncDisposable
{
    private readonly string _folder;

    private Mount(string folder) => _folder = folder;

    public static async Task<Mount> TryAsync(string folder, params string[] arguments)
    {
        try
        {
            await Recordings.ToolAsync("mount", [.. arguments, folder]);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            Assert.Ignore($"needs root and mount: {e.Message.Trim()}");
        }
        return new Mount(folder);
    }

    /// <summary>Changes the options of the mount.</summary>
    public Task AgainAsync(string options) => Recordings.ToolAsync("mount", "-o", options, _folder);

    public async ValueTask DisposeAsync() => await Recordings.ToolAsync("umount", "--lazy", _folder);
}
