using System.Collections.Concurrent;
using System.Globalization;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Captions.Fonts;

/// <summary>Finds the fonts of captions: the owner's file, else the system's bold sans-serif.</summary>
public sealed class FontFinder(ProcessRunner processes)
{
    private const int MostOthers = 16;

    private static readonly string[] Usual =
    [
        "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
        "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans-Bold.ttf",
        "/usr/share/fonts/TTF/DejaVuSans-Bold.ttf",
        "/System/Library/Fonts/Supplemental/Arial Bold.ttf",
        "/Library/Fonts/Arial Bold.ttf",
    ];

    private readonly ConcurrentDictionary<string, FontSet> _found = new(StringComparer.Ordinal);

    /// <param name="file">The owner's font; empty: the system's.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="FontException">It cannot be used, or there is none.</exception>
    public async Task<FontSet> FindAsync(string file, CancellationToken cancel)
    {
        if (_found.TryGetValue(file, out var found))
            return found;
        var listed = await ListAsync(cancel);
        var set = file.Length > 0 ? Owners(file, listed) : Systems(listed);
        return _found[file] = set;
    }

    private static FontSet Owners(string file, IReadOnlyList<Listed> listed)
    {
        try
        {
            return new FontSet(file, TrueTypeFont.Read(file), Others(listed));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new FontException($"the font '{file}' cannot be used: {e.Message}", e);
        }
    }

    private static FontSet Systems(IReadOnlyList<Listed> listed)
    {
        var known = listed.Where(font => font.Index == 0).Concat(Usual.Select(path => new Listed(path, 0)));
        foreach (var (path, _) in known)
            if (TryRead(path, 0) is { } font)
                return new FontSet(path, font, Others(listed));
        throw new FontException("no font was found: install one (Debian: fonts-dejavu-core), or set Render:FontFile");
    }

    private static IReadOnlyList<Lazy<TrueTypeFont?>> Others(IReadOnlyList<Listed> listed) =>
        [.. listed.Take(MostOthers).Select(font => new Lazy<TrueTypeFont?>(() => TryRead(font.Path, font.Index)))];

    private static TrueTypeFont? TryRead(string path, int index)
    {
        try
        {
            return File.Exists(path) ? TrueTypeFont.Read(path, index) : null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null; // Type 1 and bitmap fonts; the next one will do
        }
    }

    /// <summary>In fontconfig's own order of preference; empty where there is no fontconfig.</summary>
    private async Task<IReadOnlyList<Listed>> ListAsync(CancellationToken cancel)
    {
        List<Listed> fonts = [];
        var command = new ProcessCommand("fc-match", ["-s", "-f", "%{index}\t%{file}\n", "sans-serif:bold"])
        {
            Limits = new() { Time = TimeSpan.FromSeconds(30) },
        };
        try
        {
            await processes.RequireAsync(command, new OutputHandlers { OnOutput = Add }, cancel);
        }
        catch (ProcessFailedException)
        {
            return []; // macOS has none: the usual places follow
        }
        return fonts;

        void Add(string line)
        {
            if (
                line.Split('\t') is [var number, var path]
                && int.TryParse(number, CultureInfo.InvariantCulture, out var index)
            )
                fonts.Add(new Listed(path, index & 0xFFFF));
        }
    }

    private sealed record Listed(string Path, int Index);
}

/// <summary>There is no usable font. The message is meant for the owner.</summary>
public sealed class FontException(string message, Exception? inner = null) : Exception(message, inner);
