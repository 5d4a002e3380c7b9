using System.Text;

namespace ShortsDaemon.Media.Captions;

/// <summary>Lays an overlay into a work folder, under names that are safe in a filter.</summary>
public static class OverlayFiles
{
    public const string ScriptName = "overlay.ass";
    public const string ThumbnailName = "thumbnail.ass";
    public const string WideThumbnailName = "wide.ass";
    public const string FontFolder = "fonts";

    /// <param name="overlay">What is drawn.</param>
    /// <param name="folder">Exists; what lies there of an earlier one is replaced.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task WriteAsync(Overlay overlay, string folder, CancellationToken cancel)
    {
        LinkFont(overlay.Font, folder);
        await WriteAsync(overlay.Script, folder, ScriptName, cancel);
    }

    /// <param name="texts">What is drawn on the thumbnails.</param>
    /// <param name="folder">Exists; what lies there of earlier ones is replaced.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task WriteAsync(ThumbnailTexts texts, string folder, CancellationToken cancel)
    {
        LinkFont(texts.Font, folder);
        await WriteAsync(texts.Upright, folder, ThumbnailName, cancel);
        await WriteAsync(texts.Wide, folder, WideThumbnailName, cancel);
    }

    private static Task WriteAsync(string script, string folder, string name, CancellationToken cancel) =>
        File.WriteAllTextAsync(Path.Combine(folder, name), script, new UTF8Encoding(false), cancel);

    // Of one Short all texts have one font.
    private static void LinkFont(string font, string folder)
    {
        var fonts = Path.Combine(folder, FontFolder);
        if (Directory.Exists(fonts))
            Directory.Delete(fonts, recursive: true);
        Directory.CreateDirectory(fonts);
        // Drawn with the very font that was measured, whatever else the system has under its name.
        File.CreateSymbolicLink(Path.Combine(fonts, "font"), Path.GetFullPath(font));
    }
}
