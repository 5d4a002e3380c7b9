using FsCheck;
using FsCheck.Fluent;

namespace ShortsDaemon.Tests.Publish.Text;

/// <summary>Text that breaks programs: half pairs, directions, joiners, piles of accents, braces, line ends of every kind.</summary>
internal static class NastyText
{
    private static readonly string[] Pieces =
    [
        "a",
        "word",
        "Ünïcödé",
        "e\u0301",
        "Z\u0317\u0319\u033B\u0346\u0308\u0302",
        "漢字",
        "한글",
        "각",
        "नमस्ते",
        "ශ්\u200Dරී",
        "😀",
        "👨\u200D👩\u200D👧\u200D👦",
        "🏳\uFE0F\u200D🌈",
        "🇩🇪",
        "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F",
        "👍🏽",
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\u2028",
        "\u0085",
        "\v",
        "\0",
        "\u001B[31m",
        "\u200B",
        "\u200D",
        "\u200E",
        "\u202E",
        "\u2066",
        "\uFEFF",
        "\u00AD",
        "\u3164",
        "\u2800",
        "\u034F",
        "\uD83D",
        "\uDE00",
        "\uFFFD",
        "\uFFFF",
        "<",
        ">",
        "<b>",
        "{",
        "}",
        "{{",
        "{title}",
        "{0}",
        "%s",
        "\"",
        ",",
        "#",
        "https://clips.twitch.tv/Abc",
        new string('x', 120),
        string.Concat(Enumerable.Repeat("💥", 60)),
        "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
        "\u200F\u200F",
        "\u061C",
    ];

    public static Arbitrary<string> Any { get; } =
        Gen.Elements(Pieces)
            .ListOf()
            .Select(pieces => string.Concat(pieces))
            .Or(Gen.Elements(Pieces).ListOf(200).Select(pieces => string.Concat(pieces)))
            .ToArbitrary();

    private static Gen<string> Or(this Gen<string> one, Gen<string> other) => Gen.OneOf(one, other);
}
