namespace ShortsDaemon.Media.Fingerprints;

/// <summary>Power spectra of windows of sound: a radix-2 Fourier transform with a Hann window.</summary>
internal sealed class Fourier
{
    private readonly int _size;
    private readonly double[] _window;
    private readonly double[] _cos;
    private readonly double[] _sin;
    private readonly double[] _real;
    private readonly double[] _imaginary;

    /// <param name="size">Samples in a window; a power of two.</param>
    public Fourier(int size)
    {
        _size = size;
        (_real, _imaginary) = (new double[size], new double[size]);
        _window = [.. Enumerable.Range(0, size).Select(i => 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / size))];
        _cos = [.. Enumerable.Range(0, size / 2).Select(i => Math.Cos(2 * Math.PI * i / size))];
        _sin = [.. Enumerable.Range(0, size / 2).Select(i => -Math.Sin(2 * Math.PI * i / size))];
    }

    /// <param name="samples">As many as the size.</param>
    /// <param name="power">Takes the power of each frequency: half the size.</param>
    public void Power(ReadOnlySpan<short> samples, Span<double> power)
    {
        var bits = int.TrailingZeroCount(_size);
        for (var i = 0; i < _size; i++)
            (_real[Reversed(i, bits)], _imaginary[Reversed(i, bits)]) = (samples[i] * _window[i], 0);
        for (var span = 1; span < _size; span *= 2)
            Combine(span);
        for (var i = 0; i < power.Length; i++)
            power[i] = _real[i] * _real[i] + _imaginary[i] * _imaginary[i];
    }

    private void Combine(int span)
    {
        var step = _size / (2 * span);
        for (var start = 0; start < _size; start += 2 * span)
        for (var i = 0; i < span; i++)
        {
            var (low, high) = (start + i, start + i + span);
            var (c, s) = (_cos[i * step], _sin[i * step]);
            var (real, imaginary) = (c * _real[high] - s * _imaginary[high], c * _imaginary[high] + s * _real[high]);
            (_real[high], _imaginary[high]) = (_real[low] - real, _imaginary[low] - imaginary);
            (_real[low], _imaginary[low]) = (_real[low] + real, _imaginary[low] + imaginary);
        }
    }

    private static int Reversed(int index, int bits)
    {
        var reversed = 0;
        for (var i = 0; i < bits; i++)
            reversed = (reversed << 1) | ((index >> i) & 1);
        return reversed;
    }
}
