using ShortsDaemon.Media.Captions.Fonts;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Render.Transcribers;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>What captions need: fonts, and what the recognisers need that channels have picked.</summary>
internal sealed class CaptionsCheck : DoctorCheck
{
    public override string Name => "captions";

    public override async Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel)
    {
        var channels = patient.Options.Channels.Values.Where(channel => channel.Enabled).ToList();
        List<DoctorLine> lines = [];
        var finder = new FontFinder(patient.Processes);
        foreach (var file in channels.Select(channel => channel.Render.FontFile).DefaultIfEmpty("").Distinct())
            lines.Add(await FontAsync(finder, file, cancel));
        if (channels.Exists(channel => channel.Render.Captions.Transcriber == TranscriberName.Whisper))
            lines.Add(Whisper(patient.Options));
        lines.AddRange(channels.SelectMany(channel => Mask(channel.Render.Captions.MaskFile)));
        return lines;
    }

    private async Task<DoctorLine> FontAsync(FontFinder finder, string file, CancellationToken cancel)
    {
        try
        {
            return Ok($"drawn with {(await finder.FindAsync(file, cancel)).Path}");
        }
        catch (FontException e)
        {
            return Warn(e.Message, "Until then Shorts have no texts.");
        }
    }

    private DoctorLine Whisper(ShortsOptions options)
    {
        var model = options.Transcription.Whisper.Model;
        if (!File.Exists(model))
            return Warn($"the model '{model}' does not exist", "Download it, or mend Transcription:Whisper:Model.");
        return ToolPath.Find(options.Tools.Whisper) is { } path
            ? Ok($"{path} with {Path.GetFileName(model)}")
            : Warn($"'{options.Tools.Whisper}' was not found", "Install whisper.cpp, or set Tools:Whisper.");
    }

    private IEnumerable<DoctorLine> Mask(string file)
    {
        if (file.Length > 0 && !File.Exists(file))
            yield return Warn($"the list '{file}' does not exist", "Write it, or leave MaskFile out.");
    }
}
