using System.Globalization;

namespace ShortsDaemon.Host.Configuration;

/// <summary>Tells one state of a file from another without reading it.</summary>
internal static class FileStamp
{
    private const string Absent = "absent";

    public static string Of(string file)
    {
        try
        {
            // A link is followed: mounted configurations are swapped by pointing it elsewhere.
            var target = File.ResolveLinkTarget(file, returnFinalTarget: true) as FileInfo ?? new FileInfo(file);
            return target.Exists ? Of(target) : Absent;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return Absent;
        }
    }

    /// <summary>The time of birth shows a file that was renamed over the old one with its age kept.</summary>
    private static string Of(FileInfo file) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}|{file.CreationTimeUtc.Ticks}"
        );
}
