using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Fingerprints;

/// <summary>
/// Twenty words of 32 bits for each second of sound: how the energy of neighbouring bands rises and falls against each other.
/// Neither level nor encoding nor what lies above telephone quality matters.
/// </summary>
internal static class SoundWords
{
    public const int Rate = 20;

    /// <summary>The word where nothing is to be heard; it matches nothing.</summary>
    public const uint Nothing = 0;

    private const int Window = 2048;
    private const int Hop = Sketch.SampleRate / Rate;
    private const int Bands = 33;

    // How long ago a band is compared with itself.
    private const int Back = 2;
    private const double Lowest = 200;
    private const double Highest = 2000;
    private const double QuietDb = -55;

    private static readonly int[] Borders =
    [
        .. Enumerable
            .Range(0, Bands + 1)
            .Select(i => (int)(Lowest * Math.Pow(Highest / Lowest, (double)i / Bands) * Window / Sketch.SampleRate)),
    ];

    /// <param name="samples">At <see cref="Sketch.SampleRate"/> Hz.</param>
    /// <param name="speed">Reads so much slower (above 1) or faster; the pitch stays.</param>
    public static uint[] Of(ReadOnlySpan<short> samples, double speed = 1)
    {
        var hop = Hop / speed;
        var count = samples.Length < Window ? 0 : (int)((samples.Length - Window) / hop) + 1;
        var fourier = new Fourier(Window);
        var power = new double[Window / 2];
        var energies = new double[count][];
        var words = new uint[count];
        for (var i = 0; i < count; i++)
        {
            var window = samples.Slice((int)(i * hop), Window);
            energies[i] = new double[Bands];
            fourier.Power(window, power);
            for (var band = 0; band < Bands; band++)
                energies[i][band] = Sum(power.AsSpan(Borders[band], Borders[band + 1] - Borders[band]));
            words[i] = i < Back || IsQuiet(window) ? Nothing : Word(energies[i], energies[i - Back]);
        }
        return words;
    }

    /// <summary>The same sound played so much slower (above 1) or faster, pitch and all.</summary>
    public static short[] Resampled(ReadOnlySpan<short> samples, double speed)
    {
        var resampled = new short[Math.Max(0, (int)((samples.Length - 1) * speed))];
        for (var i = 0; i < resampled.Length; i++)
        {
            var (at, share) = ((int)(i / speed), i / speed % 1);
            resampled[i] = (short)(samples[at] + share * (samples[Math.Min(at + 1, samples.Length - 1)] - samples[at]));
        }
        return resampled;
    }

    private static uint Word(double[] now, double[] before)
    {
        var word = 0u;
        for (var band = 0; band < Bands - 1; band++)
            if (now[band] - now[band + 1] > before[band] - before[band + 1])
                word |= 1u << band;
        return word;
    }

    private static bool IsQuiet(ReadOnlySpan<short> window)
    {
        var sum = Sum(window);
        return sum <= window.Length * Math.Pow(10, QuietDb / 10) * 32768 * 32768;
    }

    private static double Sum(ReadOnlySpan<short> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
            sum += (double)sample * sample;
        return sum;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum;
    }
}
