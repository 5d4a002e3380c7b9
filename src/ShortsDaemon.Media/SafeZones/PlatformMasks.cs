using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShortsDaemon.Media.SafeZones;

/// <summary>Where the interface of a platform covers a Short. The figures are data: SafeZones.json, with source and date.</summary>
public static class PlatformMasks
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Every platform with its masks.</summary>
    public static IReadOnlyList<PlatformMask> All { get; } = Read();

    /// <param name="platforms">Those the Short is made for; none: all.</param>
    public static IReadOnlyList<Box> Of(IReadOnlyCollection<Platform> platforms) =>
        [
            .. All.Where(known => platforms.Count == 0 || platforms.Contains(known.Platform))
                .SelectMany(known => known.Masks)
                .Select(mask => new Box(mask.X, mask.Y, mask.Width, mask.Height)),
        ];

    private static List<PlatformMask> Read()
    {
        using var data = typeof(PlatformMasks).Assembly.GetManifestResourceStream("SafeZones.json")!;
        return JsonSerializer.Deserialize<List<PlatformMask>>(data, Format)!;
    }
}

/// <param name="Platform">Whose.</param>
/// <param name="Date">Month in which it was looked up.</param>
/// <param name="Source">Where the figures come from.</param>
/// <param name="Masks">What is covered.</param>
public sealed record PlatformMask(Platform Platform, string Date, string Source, IReadOnlyList<Mask> Masks);

/// <param name="What">What lies there.</param>
/// <param name="X">px.</param>
/// <param name="Y">px.</param>
/// <param name="Width">px.</param>
/// <param name="Height">px.</param>
public sealed record Mask(string What, int X, int Y, int Width, int Height);
