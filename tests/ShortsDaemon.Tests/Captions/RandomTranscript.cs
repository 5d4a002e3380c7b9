using ShortsDaemon.Media.Captions.Transcripts;

namespace ShortsDaemon.Tests.Captions;

/// <summary>Words of many languages, and of people who mean harm, with times as recognisers give them.</summary>
internal static class RandomTranscript
{
    private static readonly string[] Words =
    [
        .. "so I was like what no way did he just go there oh my god clutch it, come on! really? yes. okay...".Split(
            ' '
        ),
        .. "Donaudampfschifffahrtsgesellschaft Rechtsschutzversicherungsgesellschaften über groß Straße".Split(' '),
        .. "привет это невероятно Ελλάδα γειά çok güzel naïve Ünïcödé İstanbul ǅungla".Split(' '),
        .. "مرحبا السلام عليكم שלום كيف\u200Cحالك".Split(' '),
        .. "今日はとてもいい天気ですね 你好世界这是一个非常非常长的句子没有空格 すごい 안녕하세요 ขอบคุณครับ नमस्ते".Split(
            ' '
        ),
        .. "👍 👨‍👩‍👧‍👦 🇩🇪 🏳️‍🌈 e\u0301e\u0301 Z\u0351\u036B\u0343".Split(' '),
        .. @"{\pos(0,0)} \N \\ {} }{ {\an7\fs300}huge a,b,c ',' %s <b>bold</b> [x] \h{".Split(' '),
        new string('W', 70),
        "a\nb",
        "\u202Eesrever",
        new string('i', 40),
    ];

    /// <returns>Words whose starts lie at least 60 ms apart, with pauses and overlaps.</returns>
    public static List<Word> Of(Random random)
    {
        List<Word> words = [];
        var at = random.Next(0, 3000);
        for (var count = random.Next(1, 40); count > 0; count--)
        {
            var length = random.Next(80, 900);
            var start = TimeSpan.FromMilliseconds(at);
            words.Add(new(Words[random.Next(Words.Length)], start, start + TimeSpan.FromMilliseconds(length)));
            at += random.Next(5) switch
            {
                0 => length + random.Next(0, 2500),
                1 => Math.Max(60, length - random.Next(0, 300)),
                _ => Math.Max(60, length + random.Next(0, 60)),
            };
        }
        return words;
    }
}
