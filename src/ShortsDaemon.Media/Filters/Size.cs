namespace ShortsDaemon.Media.Filters;

/// <summary>A picture size in px.</summary>
internal readonly record struct Size(int Width, int Height)
{
    /// <summary>The frame of every Short.</summary>
    public static Size Short { get; } = new(1080, 1920);

    public double Aspect => (double)Width / Height;

    public Size Scaled(double factor) => new(Even(Width * factor), Even(Height * factor));

    /// <summary>The largest part of this size that has the given shape.</summary>
    public Size Cut(double aspect) =>
        Aspect > aspect
            ? new Size(Math.Min(Even(Height * aspect), Width), Height)
            : new Size(Width, Math.Min(Even(Width / aspect), Height));

    /// <summary>ffmpeg's notation for scale and crop.</summary>
    public override string ToString() => $"{Width}:{Height}";

    /// <summary>Chroma is stored for 2×2 px: odd sizes and offsets would be rounded behind our back.</summary>
    public static int Even(double length) => Math.Max(2, (int)Math.Round(length / 2) * 2);
}
