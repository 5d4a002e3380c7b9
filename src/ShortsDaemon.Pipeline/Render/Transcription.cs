using ShortsDaemon.Media.Captions.Speech;
using ShortsDaemon.Media.Captions.Transcripts;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Render.Transcribers;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>Gets the transcript of a recording: the one that lies beside it, else by the channel's recogniser.</summary>
public sealed class Transcription(SpeechSound speech, IEnumerable<ITranscriber> transcribers)
{
    // Then the Short goes out without captions: better than not at all.
    private const int MostWaits = 3;

    /// <summary>There is something to look at or to listen to.</summary>
    internal static bool IsPossible(ShortOrder order) =>
        order.Render.Captions.Transcriber switch
        {
            TranscriberName.None => false,
            TranscriberName.Sidecar => order.Original is { } path && SidecarTranscript.Find(path).Count > 0,
            _ => true,
        };

    /// <param name="order">What is to be made.</param>
    /// <param name="source">Its recording.</param>
    /// <param name="remarks">Takes the reason when there is none.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null: there is none, or nobody says anything.</returns>
    /// <exception cref="UnavailableException">The recogniser is down, and it is worth waiting for it.</exception>
    internal async Task<Transcript?> OfAsync(
        ShortOrder order,
        MediaInfo source,
        List<string> remarks,
        CancellationToken cancel
    )
    {
        if (!IsPossible(order))
            return null;
        try
        {
            var beside = order.Original is { } path ? await SidecarTranscript.ReadAsync(path, cancel) : null;
            var transcript = beside?.Cut(TimeSpan.Zero, source.Duration) ?? await HearAsync(order, source, cancel);
            if (transcript is { Words.Count: > 0 })
                return transcript;
            remarks.Add("no captions: nothing is said in it");
        }
        catch (UnreadableTranscriptException e)
        {
            remarks.Add($"no captions: {e.Message}");
        }
        catch (TranscriberException e) when (e.MayPass && order.Waits < MostWaits)
        {
            throw new UnavailableException($"no transcript yet: {e.Message}", e);
        }
        catch (TranscriberException e)
        {
            remarks.Add($"no captions: {e.Message}");
        }
        return null;
    }

    private async Task<Transcript?> HearAsync(ShortOrder order, MediaInfo source, CancellationToken cancel)
    {
        var captions = order.Render.Captions;
        if (transcribers.FirstOrDefault(t => t.Name == captions.Transcriber) is not { } recogniser)
            return null;
        if (source.Sound is not { } sound)
            return null;
        var wav = Path.Combine(order.Folder, "speech.wav");
        try
        {
            // Nothing is seen to move for minutes; it has a time limit of its own.
            using var rest = WorkSign.Rest();
            await speech.WriteAsync(order.Source, sound, wav, cancel);
            var heard = await recogniser.TranscribeAsync(wav, captions.Language, cancel);
            return InventedText.Drop(heard.Cut(TimeSpan.Zero, source.Duration), SoundLevels.Read(wav));
        }
        finally
        {
            File.Delete(wav);
        }
    }
}
