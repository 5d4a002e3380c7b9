namespace ShortsDaemon.Media.Fingerprints;

/// <summary>Where the edges of the new picture lie in the known one, in shares of its width and height; below 0 or above 1: outside.</summary>
internal readonly record struct Placing(double Left, double Right, double Top, double Bottom)
{
    private static readonly double[] Zooms = [0.9, 0.8];

    // 9:16 out of anything up to 16:9, or 16:9 laid on a backdrop.
    private static readonly double[] Strips = [0.316, 0.365, 0.42, 0.485, 0.5625, 0.65, 0.75, 0.87];

    // Width of the strip, and how far its middle is from that of the picture.
    private static readonly (double Width, double Aside)[] StripsAside =
    [
        (0.316, 0.17),
        (0.316, 0.34),
        (0.42, 0.15),
        (0.42, 0.29),
        (0.5625, 0.2),
    ];

    private static Placing Same { get; } = new(0, 1, 0, 1);

    /// <summary>Those to begin with; what lies between is found from them.</summary>
    public static IReadOnlyList<Placing> All { get; } =
    [
        Same,
        .. Zooms.Select(zoom => Same.Across(zoom).Down(zoom)).SelectMany(EitherWay),
        .. Strips.SelectMany(strip => new[] { Same.Across(strip), Same.Down(strip) }).SelectMany(EitherWay),
        .. StripsAside
            .SelectMany(s => new[] { Same.Across(s.Width, s.Aside), Same.Across(s.Width, -s.Aside) })
            .SelectMany(EitherWay),
    ];

    public double Width => Right - Left;

    public double Height => Bottom - Top;

    /// <summary>What both show: the part of the known picture and the part of the new one.</summary>
    public (Part Known, Part New) Common()
    {
        var (x, y) = (Common(Left, Right), Common(Top, Bottom));
        return (
            new(x.Known, y.Known, x.KnownSize, y.KnownSize),
            new(x.New, y.New, x.KnownSize / Width, y.KnownSize / Height)
        );
    }

    public Placing Moved(double left, double right, double top, double bottom) =>
        new(Left + left, Right + right, Top + top, Bottom + bottom);

    private Placing Across(double size, double aside = 0) =>
        this with
        {
            Left = 0.5 + aside - size / 2,
            Right = 0.5 + aside + size / 2,
        };

    private Placing Down(double size) => this with { Top = 0.5 - size / 2, Bottom = 0.5 + size / 2 };

    // The known one may as well be cut out of the new one.
    private static Placing[] EitherWay(Placing placing) =>
        [
            placing,
            new(
                -placing.Left / placing.Width,
                (1 - placing.Left) / placing.Width,
                -placing.Top / placing.Height,
                (1 - placing.Top) / placing.Height
            ),
        ];

    private static (double Known, double KnownSize, double New) Common(double from, double to)
    {
        var (first, end) = (Math.Max(0, from), Math.Min(1, to));
        return (first, end - first, (first - from) / (to - from));
    }
}
