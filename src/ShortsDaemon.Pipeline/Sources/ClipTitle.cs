using ShortsDaemon.Pipeline.Publish.Text;

namespace ShortsDaemon.Pipeline.Sources;

/// <summary>Makes a title out of any text: one line, no control or direction characters, never empty.</summary>
internal static class ClipTitle
{
    public static string Of(string text) => CleanText.Line(text) is { Length: > 0 } title ? title : "untitled";
}
