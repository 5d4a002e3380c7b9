using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Tests.Fingerprints;

/// <summary>A made-up recording: boxes that wander over a slope of light, and short notes. Seen and heard as one likes.</summary>
internal sealed class Scene
{
    private const int Boxes = 7;
    private const double NoteSeconds = 0.2;
    private readonly (double X, double Y, double Dx, double Dy, double Size, double Light)[] _boxes;
    private readonly (double Frequency, double Strength)[] _notes;
    private readonly double _slope;

    public Scene(int seed)
    {
        var random = new Random(seed);
        _slope = random.NextDouble() * 2 - 1;
        _boxes =
        [
            .. Enumerable
                .Range(0, Boxes)
                .Select(_ =>
                    (
                        random.NextDouble(),
                        random.NextDouble(),
                        (random.NextDouble() - 0.5) * 0.8,
                        (random.NextDouble() - 0.5) * 0.8,
                        0.1 + 0.25 * random.NextDouble(),
                        random.NextDouble() * 200 - 100
                    )
                ),
        ];
        _notes =
        [
            .. Enumerable
                .Range(0, 1000)
                .Select(_ => (250 * Math.Pow(7, random.NextDouble()), 0.2 + 0.8 * random.NextDouble())),
        ];
    }

    public Sketch Sketch(double seconds, View? view = null)
    {
        view ??= new View();
        var count = (int)(seconds * Media.Sketches.Sketch.Rate);
        var pictures = new byte[count * Media.Sketches.Sketch.Side * Media.Sketches.Sketch.Side];
        var noise = new Random(99);
        for (var i = 0; i < count; i++)
            Paint(pictures.AsSpan(i * Media.Sketches.Sketch.Side * Media.Sketches.Sketch.Side), i, view, noise);
        return new Sketch(pictures, view.IsMute ? [] : Play(seconds, view, noise));
    }

    private void Paint(Span<byte> picture, int index, View view, Random noise)
    {
        const int Side = Media.Sketches.Sketch.Side;
        var time = view.From + (double)index / Media.Sketches.Sketch.Rate * view.Speed;
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var across = (view.IsMirrored ? Side - 1 - x : x) / (double)Side;
                var light = Light(
                    0.5 + view.Aside + (across - 0.5) * view.Width,
                    0.5 + (y / (double)Side - 0.5) * view.Height,
                    view.IsFrozen ? 0 : time
                );
                picture[y * Side + x] = (byte)Math.Clamp(light + (noise.NextDouble() - 0.5) * view.Noise, 0, 255);
            }
        }
    }

    private double Light(double x, double y, double time)
    {
        var light = 120 + 60 * _slope * (x - 0.5) + 30 * y;
        foreach (var box in _boxes)
            if (Near(x, box.X + box.Dx * time, box.Size) && Near(y, box.Y + box.Dy * time, box.Size))
                light += box.Light;
        return light;
    }

    // What leaves at one side comes back at the other.
    private static bool Near(double at, double middle, double size)
    {
        var apart = Math.Abs(at - middle) % 1;
        return Math.Min(apart, 1 - apart) < size / 2;
    }

    private short[] Play(double seconds, View view, Random noise)
    {
        var samples = new short[(int)(seconds * Media.Sketches.Sketch.SampleRate)];
        for (var i = 0; i < samples.Length; i++)
        {
            var time = view.From + (double)i / Media.Sketches.Sketch.SampleRate * view.Speed;
            var sum = 0.0;
            for (var voice = 0; voice < 3; voice++)
            {
                var (frequency, strength) = _notes[((int)(time / NoteSeconds) * 3 + voice) % _notes.Length];
                sum += strength * Math.Sin(2 * Math.PI * frequency * time);
            }
            samples[i] = (short)(4000 * sum + (noise.NextDouble() - 0.5) * view.Noise * 20);
        }
        return samples;
    }
}

/// <summary>How a scene is recorded.</summary>
internal sealed record View
{
    /// <summary>s of the scene at which it begins.</summary>
    public double From { get; init; }
    public double Speed { get; init; } = 1;

    /// <summary>Share of the scene that is seen, from its middle.</summary>
    public double Width { get; init; } = 1;
    public double Height { get; init; } = 1;

    /// <summary>How far the middle of what is seen is from that of the scene.</summary>
    public double Aside { get; init; }
    public bool IsMirrored { get; init; }
    public bool IsMute { get; init; }
    public bool IsFrozen { get; init; }

    /// <summary>Levels by which the brightness is blurred.</summary>
    public double Noise { get; init; } = 2;
}
