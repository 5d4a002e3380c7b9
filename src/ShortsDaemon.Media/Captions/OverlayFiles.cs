using System.Text;

namespace ShortsDaemon.Media.Captions;

/// <summary>Lays an overlay into a work folder, under names that are safe in a filter.</summary>
public static class OverlayFiles
{
    public const string ScriptName = "overlay.ass";
    public const string FontFolder = "fonts";

    /// <param name="overlay">What is drawn.</param>
    /// <param name="folder">Exists; what lies there of an earlier one is replaced.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task WriteAsync(Overlay overlay, string folder, CancellationToken cancel)
    {
        var fonts = Path.Combine(folder, FontFolder);
        if (Directory.Exists(fonts))
            Directory.Delete(fonts, recursive: true);
        Directory.CreateDirectory(fonts);
        // Drawn with the very font that was measured, whatever else the system has under its name.
        File.CreateSymbolicLink(Path.Combine(fonts, "font"), Path.GetFullPath(overlay.Font));
        var script = Path.Combine(folder, ScriptName);
        await File.WriteAllTextAsync(script, overlay.Script, new UTF8Encoding(false), cancel);
    }
}
