using NUnit.Framework;
using ShortsDaemon.Media.Captions.Transcripts;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Captions;

public sealed class TranscriptTests
{
    private TestFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TestFolder();

    [TearDown]
    public void CleanUp() => _folder.Dispose();

    private const string Srt = """
        1
        00:00:01,000 --> 00:00:02,200
        {\an8}<i>Hello</i> there,

        2
        00:00:03,500 --> 00:00:04,000
        world &amp; all
        """;

    private const string Vtt = """
        WEBVTT - talk

        NOTE nothing to see

        intro
        00:01.000 --> 00:02.500 align:start
        <v Ann>One <00:01.400><c>two</c> <00:02.000>three
        """;

    private const string Whisper = """
        {"model":{"type":"base"},"result":{"language":"en"},"transcription":[
        {"offsets":{"from":0,"to":300},"text":"","tokens":[{"text":"[_BEG_]","offsets":{"from":0,"to":0},"p":0.9}]},
        {"offsets":{"from":320,"to":700},"text":" ask","tokens":[{"text":" ask","offsets":{"from":330,"to":690},"p":0.8}]},
        {"offsets":{"from":700,"to":2000},"text":" not what,","tokens":[
          {"text":" no","offsets":{"from":710,"to":900},"p":0.5},{"text":"t","offsets":{"from":900,"to":1000},"p":1.0},
          {"text":" what","offsets":{"from":1100,"to":1500},"p":0.9},{"text":",","offsets":{"from":1500,"to":1600},"p":0.9}]}]}
        """;

    private const string OpenAi = """
        {"task":"transcribe","duration":3.0,"text":"hi you","words":[{"word":"hi","start":0.5,"end":0.9},{"word":"you","start":1.5,"end":2}],
        "segments":[{"id":0,"start":0.0,"end":1.0,"text":" hi","no_speech_prob":0.1,"avg_logprob":-0.2},
        {"id":1,"start":1.0,"end":3.0,"text":" you","no_speech_prob":0.95,"avg_logprob":-1.5}]}
        """;

    private const string OnlySegments = """
        {"segments":[{"start":1.0,"end":2.0,"text":" ab cd","no_speech_prob":0.2,"avg_logprob":0}]}
        """;

    private const string Deepgram = """
        {"metadata":{},"results":{"channels":[{"alternatives":[{"transcript":"hello world","confidence":0.9,"words":[
        {"word":"hello","start":0.08,"end":0.32,"confidence":0.99,"punctuated_word":"Hello,"},
        {"word":"world","start":0.4,"end":0.9,"confidence":0.7}]}]}]}}
        """;

    [TestCase("json", Whisper, "ask 0.32-0.7 | not 0.71-1 | what, 1.1-1.6")]
    [TestCase("json", OpenAi, "hi 0.5-0.9 | you 1.5-2")]
    [TestCase("json", OnlySegments, "ab 1-1.5 | cd 1.5-2")]
    [TestCase("json", Deepgram, "Hello, 0.08-0.32 | world 0.4-0.9")]
    [TestCase("srt", Srt, "Hello 1-1.554 | there, 1.554-2.2 | world 3.5-3.75 | & 3.75-3.833 | all 3.833-4")]
    [TestCase("vtt", Vtt, "One 1-1.4 | two 1.4-2 | three 2-2.5")]
    public async Task A_file_beside_the_recording_gives_words_with_times(string ending, string content, string words)
    {
        _folder.Write($"talk.{ending}", content);

        var read = await ReadAsync();

        Assert.That(Told(read!), Is.EqualTo(words));
    }

    [Test]
    public async Task How_sure_it_is_comes_with_the_words()
    {
        _folder.Write("talk.json", OpenAi);

        var words = (await ReadAsync())!.Words;

        Assert.That(words.Select(w => w.NoSpeech), Is.EqualTo(new double?[] { 0.1, 0.95 }));
        Assert.That(words[1].Confidence, Is.EqualTo(Math.Exp(-1.5)));
    }

    [TestCase("srt", "this is no subtitle", "it has no cue")]
    [TestCase("vtt", "", "it has no cue")]
    [TestCase("json", "{", "it is not JSON")]
    [TestCase("json", "{\"title\":\"a\"}", "it is no transcript of")]
    [TestCase("json", "[1,2]", "it is no transcript of")]
    [TestCase("json", "\"\"", "it is no transcript of")]
    public void A_bad_file_is_told_with_its_name_and_what_is_wrong(string ending, string content, string reason)
    {
        var path = _folder.Write($"talk.{ending}", content);

        Assert.That(
            ReadAsync,
            Throws.TypeOf<UnreadableTranscriptException>().With.Message.Contain(path).And.Message.Contain(reason)
        );
    }

    [Test]
    public async Task A_bad_file_is_passed_over_when_a_good_one_lies_there()
    {
        _folder.Write("talk.json", "{\"some\":\"other program's\"}");
        _folder.Write("talk.mp4.srt", Srt);

        Assert.That((await ReadAsync())!.Words, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Without_a_file_there_is_none() => Assert.That(await ReadAsync(), Is.Null);

    [TestCase("""{"transcription":[{"offsets":{"from":-5,"to":1e300},"text":"a"},{"offsets":7,"text":8},{}]}""")]
    [TestCase("""{"segments":[{"start":"x","end":null,"text":[]},{"start":1,"end":2}],"words":[{"start":1}]}""")]
    [TestCase("""{"results":{"channels":[{"alternatives":[{"words":[{"start":1,"end":2}]}]}]}}""")]
    public void Fields_of_another_kind_give_no_words_and_no_crash(string json) =>
        Assert.That(TranscriptJson.Read(json).Words, Is.Empty);

    [Test]
    public void A_token_that_is_half_a_character_falls_back_to_the_text_of_its_segment()
    {
        const string Json = """
            {"transcription":[{"offsets":{"from":0,"to":1000},"text":" 天气 好",
            "tokens":[{"text":" \uFFFD","offsets":{"from":0,"to":300},"p":1},{"text":"\uFFFD","offsets":{"from":300,"to":1000},"p":1}]}]}
            """;

        Assert.That(TranscriptJson.Read(Json).Words.Select(w => w.Text), Is.EqualTo(new[] { "天气", "好" }));
    }

    [Test]
    public void Words_are_put_in_order_cleaned_and_end_before_the_next_begins()
    {
        var transcript = Transcript.Of([
            At(" two\n words ", 2.0, 9.0),
            At("one", 1.0, 2.5),
            At("\u202E\uFFFD", 1.5, 1.6),
            At("also", 2.01, 2.4),
            At("three", 5, 5),
        ]);

        Assert.That(Told(transcript), Is.EqualTo("one 1-2 | two words also 2-5 | three 5-5.1"));
    }

    [Test]
    public void A_part_of_a_recording_has_its_own_times()
    {
        var transcript = Transcript.Of([At("a", 0, 1), At("b", 1, 3), At("c", 3, 4), At("d", 6, 7)]);

        var part = transcript.Cut(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3.5));

        Assert.That(Told(part), Is.EqualTo("b 0-1 | c 1-1.5"));
    }

    private Task<Transcript?> ReadAsync() => SidecarTranscript.ReadAsync(_folder["talk.mp4"], CancellationToken.None);

    private static Word At(string text, double start, double end) =>
        new(text, TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end));

    private static string Told(Transcript transcript) =>
        string.Join(
            " | ",
            transcript.Words.Select(w =>
                FormattableString.Invariant($"{w.Text} {w.Start.TotalSeconds:0.###}-{w.End.TotalSeconds:0.###}")
            )
        );
}
