using ShortsDaemon.Media;
using ShortsDaemon.Media.Fingerprints;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Benchmarks;

/// <summary>
/// How many copies of recordings are known again and how many different recordings are taken for each other. Over the folder
/// SHORTSDAEMON_SAMPLES: files whose names begin with the same word may show the same and are not held against each other.
/// </summary>
internal static class Duplicates
{
    private const double Shortest = 5.5;
    private const string Video = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p";
    private const string Even = "scale=trunc(iw/2)*2:trunc(ih/2)*2";

    // Name, filter of the picture, filter of the sound, further arguments.
    private static readonly (string Name, string Picture, string Sound, string More)[] Copies =
    [
        ("encoded anew, small", "scale=-2:240", "anull", "-crf 32 -b:a 48k"),
        ("cropped to 90 %", "crop=iw*0.9:ih*0.9", "anull", ""),
        ("cropped to 80 %", "crop=iw*0.8:ih*0.8", "anull", ""),
        ("cropped on one side", "crop=iw*0.92:ih:0:0", "anull", ""),
        ("cut to 9:16", "crop='min(iw,ih*9/16)':ih", "anull", ""),
        (
            "on a blurred backdrop",
            "split[a][b];[a]scale=540:960,gblur=20[c];[b]scale=540:-2[d];[c][d]overlay=0:(H-h)/2",
            "anull",
            ""
        ),
        ("with black bars", "scale=480:-2,pad=480:854:0:(oh-ih)/2", "anull", ""),
        ("begins 1.3 s later", "null", "anull", "-ss 1.3"),
        ("5 % faster, pitch changed", "setpts=PTS/1.05", "aresample=48000,asetrate=50400,aresample=48000", ""),
        ("5 % faster, pitch kept", "setpts=PTS/1.05", "atempo=1.05", ""),
        ("5 % slower", "setpts=PTS*1.05", "atempo=0.9524", ""),
        ("mirrored", "hflip", "anull", ""),
        ("mirrored, cropped, faster", "hflip,crop=iw*0.9:ih*0.9,setpts=PTS/1.05", "atempo=1.05", ""),
        ("brighter and louder", "eq=brightness=0.06:contrast=1.15", "volume=6dB", ""),
        ("30 frames to 15", "fps=15", "anull", ""),
        ("mute", "null", "", ""),
    ];

    public static async Task RunAsync(Workbench bench)
    {
        if (Environment.GetEnvironmentVariable("SHORTSDAEMON_SAMPLES") is not { } folder)
        {
            Console.WriteLine("Duplicates: skipped, SHORTSDAEMON_SAMPLES names no folder with recordings");
            return;
        }
        var probe = new MediaProbe(bench.Processes, () => new ToolPaths());
        var originals = await ReadAsync(bench, probe, folder);
        var (found, all) = (0, 0);
        var wrong = CountWrong([.. originals.Select(o => (o.Name, o.Sketch, o.Print))], originals);
        foreach (var copy in Copies)
        {
            var hits = new List<string>();
            var misses = new List<string>();
            foreach (var original in originals)
            {
                if (await CopyAsync(bench, probe, original, copy) is not { } sketch)
                    continue;
                var search = new FingerprintSearch(sketch);
                (search.Compare(original.Print) is null ? misses : hits).Add(original.Name);
                wrong += CountWrong([(original.Name, sketch, search.Fingerprint)], originals);
            }
            (found, all) = (found + hits.Count, all + hits.Count + misses.Count);
            Console.WriteLine($"  {copy.Name}: {hits.Count} of {hits.Count + misses.Count}{Missed(misses)}");
        }
        var halves = Halves(originals);
        Console.WriteLine(
            FormattableString.Invariant(
                $"Duplicates over {originals.Count} recordings: {found} of {all} copies found (recall {(double)found / all:0.000}, wanted ≥ 0.98), {wrong} wrong between different recordings (wanted 0), {halves} between different parts of one recording"
            )
        );
    }

    private static async Task<List<Original>> ReadAsync(Workbench bench, MediaProbe probe, string folder)
    {
        var originals = new List<Original>();
        foreach (var path in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            if (Path.GetExtension(path) is not (".mp4" or ".mkv" or ".webm"))
                continue;
            var info = await probe.ProbeAsync(path, CancellationToken.None);
            if (info.Duration.TotalSeconds < Shortest || info.Picture is null)
                continue;
            var sketch = await SketchAsync(bench, path, info);
            originals.Add(new(Path.GetFileNameWithoutExtension(path), path, info, sketch, Fingerprint.Of(sketch)));
        }
        return originals;
    }

    private static Task<Sketch> SketchAsync(Workbench bench, string path, MediaInfo info) =>
        new RecordingSketcher(bench.Processes, () => new ToolPaths()).MakeAsync(
            path,
            info,
            bench.Path("sketch"),
            threads: 0,
            CancellationToken.None
        );

    private static async Task<Sketch?> CopyAsync(
        Workbench bench,
        MediaProbe probe,
        Original original,
        (string Name, string Picture, string Sound, string More) copy
    )
    {
        if (
            copy.More.StartsWith("-ss", StringComparison.Ordinal)
            && original.Info.Duration.TotalSeconds < Shortest + 1.3
        )
            return null;
        var path = bench.Path("copy.mp4");
        string[] sound =
            copy.Sound.Length > 0 && original.Info.Sound is not null ? ["-af", copy.Sound, "-c:a", "aac"] : ["-an"];
        await bench.FFmpegAsync([
            "-i",
            original.Path,
            "-vf",
            $"{copy.Picture},{Even}",
            .. sound,
            .. Video.Split(' '),
            .. copy.More.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            path,
        ]);
        return await SketchAsync(bench, path, await probe.ProbeAsync(path, CancellationToken.None));
    }

    private static int CountWrong(
        IReadOnlyList<(string Name, Sketch Sketch, Fingerprint Print)> looked,
        List<Original> originals
    )
    {
        var wrong = 0;
        foreach (var (name, sketch, _) in looked)
        {
            var search = new FingerprintSearch(sketch);
            foreach (var other in originals.Where(o => FirstWord(o.Name) != FirstWord(name)))
            {
                if (search.Compare(other.Print) is not { } likeness)
                    continue;
                wrong++;
                Console.WriteLine($"  WRONG: {name} is taken for {other.Name}: {likeness}");
            }
        }
        return wrong;
    }

    /// <summary>Two parts of one recording show the same game and players, but not the same moment.</summary>
    private static int Halves(List<Original> originals)
    {
        var wrong = 0;
        foreach (var original in originals.Where(o => o.Info.Duration.TotalSeconds > 2 * Shortest))
        {
            var (first, second) = original.Sketch.Halves();
            if (new FingerprintSearch(second).Compare(Fingerprint.Of(first)) is not { } likeness)
                continue;
            wrong++;
            Console.WriteLine($"  one half of {original.Name} is taken for the other: {likeness}");
        }
        return wrong;
    }

    private static (Sketch First, Sketch Second) Halves(this Sketch sketch)
    {
        var middle = sketch.Count / 2;
        return (Part(sketch, 0, middle), Part(sketch, middle, sketch.Count));
    }

    private static Sketch Part(Sketch sketch, int from, int to)
    {
        var pictures = Enumerable.Range(from, to - from).SelectMany(i => sketch.Picture(i).ToArray());
        var sound = Enumerable.Range(from, to - from).SelectMany(i => sketch.SoundAt(i).ToArray());
        return new Sketch([.. pictures], [.. sound]);
    }

    private static string FirstWord(string name) => name.Split('_')[0];

    private static string Missed(List<string> misses) => misses.Count > 0 ? $", not {string.Join(", ", misses)}" : "";

    private sealed record Original(string Name, string Path, MediaInfo Info, Sketch Sketch, Fingerprint Print);
}
