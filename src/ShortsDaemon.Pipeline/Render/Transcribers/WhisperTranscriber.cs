using ShortsDaemon.Media.Captions.Transcripts;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Render.Transcribers;

/// <summary>whisper.cpp's command line program.</summary>
public sealed class WhisperTranscriber(ProcessRunner processes, LiveOptions options) : ITranscriber
{
    public TranscriberName Name => TranscriberName.Whisper;

    public async Task<Transcript> TranscribeAsync(string wav, string language, CancellationToken cancel)
    {
        var (tools, settings) = (options.Value.Tools, options.Value.Transcription);
        if (!File.Exists(settings.Whisper.Model))
            throw new TranscriberException(
                $"the model '{settings.Whisper.Model}' does not exist: download one (ggml-base.bin) and name it in Transcription:Whisper:Model",
                mayPass: false
            );
        var command = new ProcessCommand(tools.Whisper, Arguments(settings.Whisper.Model, wav, language))
        {
            Limits = new() { Time = TimeSpan.FromSeconds(settings.TimeLimitSeconds) },
            LowPriority = true,
        };
        var written = wav + ".json";
        try
        {
            File.Delete(written);
            var result = await processes.RequireAsync(command, OutputHandlers.None, cancel);
            // It ends with 0 also when it did not understand its arguments.
            return File.Exists(written)
                ? TranscriptJson.Read(await File.ReadAllTextAsync(written, cancel))
                : throw new TranscriberException(
                    $"{command.DisplayName} wrote no transcript: {result.ErrorTail.LastOrDefault("it said nothing")}",
                    mayPass: false
                );
        }
        catch (Exception e) when (e is ProcessFailedException or UnreadableTranscriptException)
        {
            throw new TranscriberException(e.Message, mayPass: false, e);
        }
        finally
        {
            File.Delete(written);
        }
    }

    /// <summary>One segment for each word, with the tokens and how sure they are.</summary>
    private static IReadOnlyList<string> Arguments(string model, string wav, string language) =>
        [
            .. (string[])["-m", model, "-f", wav, "-l", language.Length > 0 ? language : "auto"],
            .. (string[])["-ml", "1", "-sow", "-ojf", "-of", wav, "-np"],
        ];
}
