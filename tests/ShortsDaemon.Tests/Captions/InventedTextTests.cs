using System.Buffers.Binary;
using NUnit.Framework;
using ShortsDaemon.Media.Captions.Speech;
using ShortsDaemon.Media.Captions.Transcripts;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Captions;

public sealed class InventedTextTests
{
    private readonly TestFolder _folder = new();
    private SoundLevels _sound = null!;

    /// <summary>10 s: a tone, from the 5th second on silence.</summary>
    [OneTimeSetUp]
    public void MakeSound()
    {
        File.WriteAllBytes(_folder["speech.wav"], Wav(second => second < 5 ? 0.3 : 0));
        _sound = SoundLevels.Read(_folder["speech.wav"]);
    }

    [OneTimeTearDown]
    public void CleanUp() => _folder.Dispose();

    [Test]
    public void The_level_is_that_of_the_sound()
    {
        Assert.That(_sound.Loudest, Is.EqualTo(-13.5).Within(0.5));
        Assert.That(_sound.In(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(7)), Is.EqualTo(SoundLevels.Silent));
        Assert.That(_sound.In(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(61)), Is.EqualTo(SoundLevels.Silent));
    }

    [Test]
    public void Words_on_silence_are_dropped() =>
        Assert.That(Kept(Said("I said this", 1), Said("Thanks for watching!", 7)), Is.EqualTo("I said this"));

    [TestCase(0.95, 0.9, "")]
    [TestCase(0.7, 0.3, "")]
    [TestCase(0.7, 0.8, "hm")]
    [TestCase(0.2, 0.1, "hm")]
    public void Where_nobody_speaks_nothing_is_said(double noSpeech, double confidence, string kept)
    {
        var word = Said("hm", 1)[0] with { NoSpeech = noSpeech, Confidence = confidence };

        Assert.That(Kept([word]), Is.EqualTo(kept));
    }

    [TestCase("[Music] hello", "hello")]
    [TestCase("hello (upbeat music) there", "hello there")]
    [TestCase("*laughs* ♪ la la ♪ ok", "ok")]
    [TestCase("(he said that it never ends and so on", "(he said that it never ends and so on")]
    [TestCase("[MUSIC PLAYING].", "")]
    public void Notes_are_no_words(string said, string kept) => Assert.That(Kept(Said(said, 0.5)), Is.EqualTo(kept));

    [TestCase("see you next time see you next time see you next time", "see you next time")]
    [TestCase("no no no no no", "no no no no no")]
    [TestCase("go go go go go go go go", "go")]
    [TestCase("come on come on", "come on come on")]
    [TestCase("so it is so it is, So it is. but why", "so it is but why")]
    public void A_phrase_that_never_ends_is_said_once(string said, string kept) =>
        Assert.That(Kept(Said(said, 0.5)), Is.EqualTo(kept));

    [Test]
    public void What_is_no_sound_is_refused()
    {
        var path = _folder.Write("no.wav", "RIFFxxxxWAVEfmt ");

        Assert.That(() => SoundLevels.Read(path), Throws.TypeOf<InvalidDataException>());
    }

    private string Kept(params List<Word>[] said) =>
        string.Join(' ', InventedText.Drop(Transcript.Of(said.SelectMany(w => w)), _sound).Words.Select(w => w.Text));

    private static List<Word> Said(string text, double start) =>
        [
            .. text.Split(' ')
                .Select(
                    (word, i) =>
                        new Word(
                            word,
                            TimeSpan.FromSeconds(start + i * 0.3),
                            TimeSpan.FromSeconds(start + i * 0.3 + 0.25)
                        )
                ),
        ];

    private static byte[] Wav(Func<double, double> volume)
    {
        const int Rate = SpeechSound.SampleRate;
        var data = new byte[10 * Rate * 2];
        for (var i = 0; i < 10 * Rate; i++)
        {
            var sample = volume((double)i / Rate) * Math.Sin(2 * Math.PI * 440 * i / Rate);
            BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(2 * i), (short)(sample * short.MaxValue));
        }
        // With a chunk in front that is none of ours, as ffmpeg writes one.
        return [.. "RIFF----WAVELIST"u8, 3, 0, 0, 0, .. "abc\0data"u8, .. BitConverter.GetBytes(data.Length), .. data];
    }
}
