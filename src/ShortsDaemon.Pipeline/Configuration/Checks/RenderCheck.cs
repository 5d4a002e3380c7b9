using ShortsDaemon.Pipeline.Configuration.Reading;
using ShortsDaemon.Pipeline.Publish.Text;
using ShortsDaemon.Pipeline.Render.Transcribers;

namespace ShortsDaemon.Pipeline.Configuration.Checks;

/// <summary>Texts over the picture, and what the recognisers need that channels have picked.</summary>
internal sealed class RenderCheck(ProblemList problems)
{
    private const string Section = nameof(ShortsOptions.Transcription);

    public static void Look(ShortsOptions options, ProblemList problems)
    {
        var check = new RenderCheck(problems);
        foreach (var (name, channel) in options.Channels)
        {
            check.Template(channel.Render.Hook, $"Channels:{name}:Render:Hook");
            check.Template(channel.Render.Credit, $"Channels:{name}:Render:Credit");
            check.Template(channel.Render.ThumbnailText, $"Channels:{name}:Render:ThumbnailText");
            check.Music(channel.Render.Music, $"Channels:{name}:Render:Music");
        }
        check.Address(options.Transcription.OpenAi.Url, $"{Section}:OpenAi:Url");
        check.Address(options.Transcription.Deepgram.Url, $"{Section}:Deepgram:Url");
        var picked = options
            .Channels.Values.Where(channel => channel.Enabled)
            .Select(channel => channel.Render.Captions.Transcriber)
            .ToHashSet();
        if (picked.Contains(TranscriberName.Whisper))
            check.Given(
                options.Transcription.Whisper.Model,
                $"{Section}:Whisper:Model",
                "Download a model of whisper.cpp, for instance ggml-base.bin, and write its path."
            );
        if (picked.Contains(TranscriberName.Deepgram))
            check.Given(
                options.Transcription.Deepgram.KeyFile,
                $"{Section}:Deepgram:KeyFile",
                "Write the key into a file (chmod 600) and its path here."
            );
    }

    private void Template(string text, string key)
    {
        if (!PostTemplate.TryParse(text, out var template, out var problem))
            problems.Error(key, problem.What, problem.Mend);
        else if (template.Uses("credit"))
            problems.Error(key, "{credit} stands for nothing here", "Take it out.");
    }

    // A drive that is not there today must not stop the daemon.
    private void Music(string file, string key)
    {
        if (file.Length > 0 && !File.Exists(file))
            problems.Warning(
                key,
                $"the file '{file}' does not exist; until it does, Shorts have no music",
                "Lay it there, write its path, or take the key out."
            );
    }

    private void Address(string url, string key)
    {
        if (!problems.Has(key) && SecretAddress.WrongWith(url) is { } what)
            problems.Error(key, what, "Write https://…; http is for this machine only.");
    }

    private void Given(string value, string key, string mend)
    {
        if (value.Length == 0)
            problems.Error(key, "a channel has picked this recogniser, which needs it", mend);
    }
}
