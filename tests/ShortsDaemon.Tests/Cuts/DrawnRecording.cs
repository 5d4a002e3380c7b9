using System.Globalization;
using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Tests.Cuts;

/// <summary>
/// A sketch drawn from words such as "B2 L18": letter and seconds. L lively and loud, C calm (moves a little, not loud),
/// Q moves but is silent, S stands still but sounds, F the same and flat, B black and silent.
/// </summary>
internal static class DrawnRecording
{
    public static Sketch Of(string words)
    {
        var parts = words.Split(' ').Select(w => (Kind: w[0], Count: Slots(w[1..]))).ToList();
        var kinds = parts.SelectMany(p => Enumerable.Repeat(p.Kind, p.Count)).ToList();
        return new Sketch([.. kinds.SelectMany(Picture)], [.. kinds.SelectMany(Sound)]);
    }

    private static int Slots(string seconds) =>
        (int)Math.Round(double.Parse(seconds, CultureInfo.InvariantCulture) * Sketch.Rate);

    private static IEnumerable<byte> Picture(char kind, int index) =>
        Enumerable
            .Range(0, Sketch.Side * Sketch.Side)
            .Select(p =>
                kind switch
                {
                    'B' => (byte)16,
                    'F' => (byte)120,
                    'S' => Stripes(p, 0),
                    'C' => (byte)(Stripes(p, 0) + index % 2 * 4),
                    _ => Stripes(p, index),
                }
            );

    private static byte Stripes(int pixel, int shift) =>
        (pixel % Sketch.Side + 3 * shift) % 16 < 8 ? (byte)60 : (byte)180;

    private static IEnumerable<short> Sound(char kind)
    {
        var strength = kind switch
        {
            'L' or 'S' or 'F' => 8000,
            'C' => 800,
            _ => 0,
        };
        return Enumerable
            .Range(0, Sketch.SampleRate / Sketch.Rate)
            .Select(i => (short)(strength * Math.Sin(2 * Math.PI * 440 * i / Sketch.SampleRate)));
    }
}
