using NUnit.Framework;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Render.Transcribers;
using ShortsDaemon.Tests.Alerting;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Captions;

/// <summary>The exact arguments and wire traffic of the recognisers.</summary>
public sealed class TranscriberTests
{
    private const string Words = """{"words":[{"word":"hi","start":0.5,"end":0.9}],"segments":[]}""";
    private const string Heard =
        """{"results":{"channels":[{"alternatives":[{"words":[{"word":"hi","start":0.5,"end":0.9}]}]}]}}""";
    private const string Written = """{"transcription":[{"offsets":{"from":500,"to":900},"text":" hi"}]}""";

    private TestFolder _folder = null!;
    private FakeReceiver _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TestFolder();
        _folder.Write("speech.wav", "RIFF sound");
        File.SetUnixFileMode(_folder.Write("key", "s3cret\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _server = await FakeReceiver.StartAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task Whisper_is_asked_for_one_segment_a_word()
    {
        var said = await HearAsync(
            Whisper($"printf '%s\\n' \"$@\" >'{_folder["args"]}'; echo '{Written}' >\"$4.json\""),
            "de"
        );

        Assert.That(said, Is.EqualTo("hi"));
        var (model, wav) = (_folder["model.bin"], _folder["speech.wav"]);
        string[] wanted = ["-m", model, "-f", wav, "-l", "de", "-ml", "1", "-sow", "-ojf", "-of", wav, "-np"];
        Assert.That(await File.ReadAllLinesAsync(_folder["args"]), Is.EqualTo(wanted));
        Assert.That(_folder["speech.wav.json"], Does.Not.Exist);
    }

    [TestCase("echo 'error: unknown argument: -sow' >&2; exit 0", "unknown argument: -sow")]
    [TestCase("echo 'failed to load model' >&2; exit 3", "failed to load model")]
    [TestCase("echo '{' >\"$4.json\"", "it is not JSON")]
    [TestCase("exec sleep 60", "ran longer")]
    public void Whisper_that_fails_says_why(string does, string reason) =>
        Assert.That(
            () => HearAsync(Whisper(does, seconds: 1)),
            Throws.TypeOf<TranscriberException>().With.Message.Contain(reason).And.Property("MayPass").False
        );

    [Test]
    public void Whisper_without_its_model_says_which_key_to_mend()
    {
        var whisper = Whisper("exit 0");
        File.Delete(_folder["model.bin"]);

        Assert.That(() => HearAsync(whisper), Refuses("Transcription:Whisper:Model"));
    }

    [Test]
    public async Task OpenAi_gets_a_form_with_the_sound_and_asks_for_words_and_segments()
    {
        _server.Answer(200, Words);

        Assert.That(await HearAsync(OpenAi("key"), "en"), Is.EqualTo("hi"));

        var call = _server.Calls.Single();
        Assert.That(call.Line, Is.EqualTo("POST /v1/audio/transcriptions"));
        Assert.That(call.Headers["Authorization"], Is.EqualTo("Bearer s3cret"));
        Assert.That(call.ContentType, Does.StartWith("multipart/form-data"));
        string[] fields =
        [
            "name=file; filename=speech.wav",
            "RIFF sound",
            "name=model\r\n\r\nwhisper-1\r\n",
            "name=response_format\r\n\r\nverbose_json\r\n",
            "name=\"timestamp_granularities[]\"\r\n\r\nword\r\n",
            "name=\"timestamp_granularities[]\"\r\n\r\nsegment\r\n",
            "name=language\r\n\r\nen\r\n",
        ];
        foreach (var field in fields)
            Assert.That(call.Body, Does.Contain(field));
    }

    [Test]
    public async Task A_server_of_ones_own_needs_no_key_and_finds_out_the_language()
    {
        _server.Answer(200, Words);

        await HearAsync(OpenAi(""));

        Assert.That(_server.Calls.Single().Headers, Does.Not.ContainKey("Authorization"));
        Assert.That(_server.Calls.Single().Body, Does.Not.Contain("name=language"));
    }

    [TestCase("", "/v1/listen?model=nova-3&detect_language=true&punctuate=true")]
    [TestCase("pt-BR", "/v1/listen?model=nova-3&language=pt-BR&punctuate=true")]
    public async Task Deepgram_gets_the_sound_itself(string language, string address)
    {
        _server.Answer(200, Heard);

        Assert.That(await HearAsync(Deepgram("key"), language), Is.EqualTo("hi"));

        var call = _server.Calls.Single();
        Assert.That(call.Line, Is.EqualTo("POST " + address));
        Assert.That(call.Headers["Authorization"], Is.EqualTo("Token s3cret"));
        Assert.That((call.ContentType, call.Body), Is.EqualTo(("audio/wav", "RIFF sound")));
    }

    [TestCase(401, "no such key s3cret", false, "answered 401: no such key ***. Look at its KeyFile")]
    [TestCase(400, "too long", false, "answered 400: too long")]
    [TestCase(302, "", false, "answered 302")]
    [TestCase(429, "slow down", true, "answered 429: slow down")]
    [TestCase(503, "busy", true, "answered 503: busy")]
    [TestCase(200, "<html>", false, "it is not JSON")]
    [TestCase(200, "{}", false, "it is no transcript")]
    public void A_refusal_is_told_without_the_key(int status, string body, bool mayPass, string reason)
    {
        _server.Answer(status, body, ("Location", "http://127.0.0.1:1/"));

        Assert.That(
            () => HearAsync(Deepgram("key")),
            Throws.TypeOf<TranscriberException>().With.Message.Contain(reason).And.Property("MayPass").EqualTo(mayPass)
        );
    }

    [Test]
    public void One_that_never_answers_is_given_up_after_the_time_limit()
    {
        _server.Answers.Enqueue(http => Task.Delay(Timeout.Infinite, http.RequestAborted));

        Assert.That(
            () => HearAsync(OpenAi("", seconds: 0.3)),
            Throws.TypeOf<TranscriberException>().With.Message.Contain("did not answer").And.Property("MayPass").True
        );
    }

    [Test]
    public async Task One_that_is_not_there_may_come_back()
    {
        var deaf = OpenAi("");
        await _server.DisposeAsync();

        Assert.That(
            () => HearAsync(deaf),
            Throws.TypeOf<TranscriberException>().With.Message.Contain("no connection").And.Property("MayPass").True
        );
    }

    [Test]
    public void A_key_that_others_can_read_is_not_sent()
    {
        File.SetUnixFileMode(_folder["key"], UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Assert.That(() => HearAsync(Deepgram("key")), Refuses("chmod 600"));
        Assert.That(() => HearAsync(Deepgram("")), Refuses("Transcription:Deepgram:KeyFile"));
        Assert.That(_server.Calls, Is.Empty);
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refuses(string reason) =>
        Throws.TypeOf<TranscriberException>().With.Message.Contain(reason);

    private async Task<string> HearAsync(ITranscriber recogniser, string language = "")
    {
        var transcript = await recogniser.TranscribeAsync(_folder["speech.wav"], language, CancellationToken.None);
        Assert.That(transcript.Words.Single().Start, Is.EqualTo(TimeSpan.FromSeconds(0.5)));
        return transcript.Words.Single().Text;
    }

    private WhisperTranscriber Whisper(string does, double seconds = 20)
    {
        var program = _folder.Write("whisper-cli", $"#!/bin/sh\n{does}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _folder.Write("model.bin", "model");
        var options = new ShortsOptions
        {
            Tools = new() { Whisper = program },
            Transcription = new()
            {
                TimeLimitSeconds = seconds,
                Whisper = new() { Model = _folder["model.bin"] },
            },
        };
        return new(new ProcessRunner(TimeProvider.System, "test"), new LiveOptions(options));
    }

    private OpenAiTranscriber OpenAi(string key, double seconds = 20)
    {
        var settings = new OpenAiOptions { Url = _server.Url + "/v1/", KeyFile = PathOf(key) };
        var live = Live(new() { TimeLimitSeconds = seconds, OpenAi = settings });
        return new(new SpeechHttp(live, TimeProvider.System), live);
    }

    private DeepgramTranscriber Deepgram(string key)
    {
        var live = Live(
            new()
            {
                Deepgram = new() { Url = _server.Url + "/v1", KeyFile = PathOf(key) },
            }
        );
        return new(new SpeechHttp(live, TimeProvider.System), live);
    }

    private string PathOf(string key) => key.Length > 0 ? _folder[key] : "";

    private static LiveOptions Live(TranscriptionOptions settings) =>
        new(new ShortsOptions { Transcription = settings });
}
