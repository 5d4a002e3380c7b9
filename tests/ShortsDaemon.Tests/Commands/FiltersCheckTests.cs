using System.Text.RegularExpressions;
using NUnit.Framework;
using ShortsDaemon.Host.Commands.Doctor;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Framing;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Media.Sketches;
using ShortsDaemon.Tests.Filters;

namespace ShortsDaemon.Tests.Commands;

/// <summary>doctor asks for the filters that the graphs name: all of them, and no others.</summary>
public sealed partial class FiltersCheckTests
{
    // Inputs of their own: of a Short without sound, and of a trial encode.
    private static readonly string[] Inputs = ["anullsrc", "testsrc2"];

    private const string Probed = """
        {"format":{"format_name":"mp4","duration":"12","size":"9"},"streams":[
        {"index":0,"codec_type":"video","codec_name":"h264","width":1080,"height":1920,"pix_fmt":"yuv420p",
        "r_frame_rate":"30/1","avg_frame_rate":"30/1","duration":"12"},
        {"index":1,"codec_type":"audio","codec_name":"aac","sample_rate":"48000","channels":2,"duration":"12"}]}
        """;

    private static readonly Layout[] Layouts =
    [
        new BlurredBackdrop(),
        new CentreCrop(),
        new Native(),
        new FacecamSplit(new(0, 0, 0.3, 0.3)),
        new TrackingCrop(new(new(30, 1), [0.5])),
    ];

    private static readonly AudioStream Heard = new(1, "aac", 48000, 2, "stereo", null);

    private static readonly Cut Cut = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(9), "") { EndsEarly = true };

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("filters-");

    [TearDown]
    public void RemoveFolder() => _folder.Delete(recursive: true);

    [Test]
    public async Task Every_filter_of_the_graphs_is_asked_for_and_no_other()
    {
        string[] graphs = [.. ShortGraphs(), .. LookingGraphs(), .. await MeasuringGraphsAsync()];
        var used = graphs.SelectMany(Names).Concat(Inputs).Distinct();

        Assert.That(FiltersCheck.Needed, Is.EquivalentTo(used));
    }

    private static IEnumerable<string> ShortGraphs()
    {
        var wide = VideoStreams.Of(1920, 1080);
        VideoStream[] pictures =
        [
            wide,
            VideoStreams.Of(1080, 2400),
            wide with
            {
                IsInterlaced = true,
            },
            wide with
            {
                Colour = new("bt2020", "smpte2084", "bt2020nc", "tv"),
            },
        ];
        return from picture in pictures
            from sound in new[] { Heard, null }
            from layout in Layouts
            from cut in new[] { Cut, null }
            from music in new[] { new MusicBed(new("/m.mp3", 0, -20, -18), 0, 0), null }
            select ShortGraph.For(
                new("/a.mp4", picture, sound, TimeSpan.FromSeconds(12), layout, new(30, 1), 0, new X264(), 0)
                {
                    HasOverlay = true,
                    HasThumbnailText = true,
                    Cut = cut,
                    Music = music,
                    LoopFrames = cut is null ? 0 : 12,
                    ThumbnailAt = cut?.From,
                }
            );
    }

    private static string[] LookingGraphs()
    {
        using var scratch = new ScratchFolder("/a.mp4");
        var length = TimeSpan.FromSeconds(8);
        var wide = VideoStreams.Of(1920, 1080);
        var task = new FramingTask("/a.mp4", wide, length, new(30, 1), LayoutName.Auto, null, scratch) { Cut = Cut };
        var small = new Size(480, 270);
        return [GreyFrames.SpreadGraph(task, small, TimeSpan.FromSeconds(1)), GreyFrames.SteadyGraph(task, small)];
    }

    /// <summary>What the meters hand to ffmpeg, written down by a program that takes its place.</summary>
    private async Task<string[]> MeasuringGraphsAsync()
    {
        var calls = Path.Combine(_folder.FullName, "calls");
        var file = Path.Combine(_folder.FullName, "a.mp4");
        await File.WriteAllBytesAsync(file, new byte[9]);
        var tools = new ToolPaths(
            Program("ffmpeg", $"printf '%s\\n' \"$@\" >>'{calls}'"),
            Program("ffprobe", $"echo '{Probed}'")
        );
        var processes = new ProcessRunner(TimeProvider.System, "test");
        var meter = new LoudnessMeter(new FFmpeg(processes, () => tools));
        var mix = new Mix(Heard, Cut, Cut.Length);
        await meter.MeasureAsync(file, mix, CancellationToken.None);
        await meter.GainForAsync(file, mix, new Loudness(-30, 0, 0), -14, CancellationToken.None);
        var probe = new MediaProbe(processes, () => tools);
        var finished = new FinishedFileMeter(processes, probe, () => tools);
        await finished.MeasureAsync(file, -60, 0, CancellationToken.None);
        var info = await probe.ProbeAsync(file, CancellationToken.None);
        var sketcher = new RecordingSketcher(processes, () => tools);
        await sketcher.MakeAsync(file, info, Path.Combine(_folder.FullName, "sketch"), 0, CancellationToken.None);
        var lines = await File.ReadAllLinesAsync(calls);
        string[] graphs = [.. lines.Where((_, i) => i > 0 && lines[i - 1] == "-filter_complex")];
        Assert.That(graphs, Has.Length.EqualTo(4), string.Join('\n', lines));
        return graphs;
    }

    private string Program(string name, string body)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private static IEnumerable<string> Names(string graph) =>
        LabelOrQuoted().Replace(graph, "").Split([';', ',']).Select(filter => filter.Split(['=', '@'])[0]);

    [GeneratedRegex(@"\[[^\]]*\]|'[^']*'", RegexOptions.None, 1000)]
    private static partial Regex LabelOrQuoted();
}
