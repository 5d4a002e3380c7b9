using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace ShortsDaemon.Media.Faces;

/// <summary>Reads a cascade from OpenCV's XML: boosted, with LBP or upright Haar features.</summary>
internal static class CascadeReader
{
    private const int LargestFile = 8 * 1024 * 1024;
    private const int PatternWords = 256 / 32;
    private const int LinksOfNode = 3;

    /// <exception cref="InvalidDataException">It is something else; the message says what.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Cascade Read(string path)
    {
        if (new FileInfo(path).Length > LargestFile)
            throw new InvalidDataException("it is far too large for a cascade");
        try
        {
            using var file = File.OpenRead(path);
            return Read(XDocument.Load(file));
        }
        catch (XmlException e)
        {
            throw new InvalidDataException($"it is not XML: {e.Message}", e);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new InvalidDataException($"it is damaged: {e.Message}", e);
        }
    }

    private static Cascade Read(XDocument document)
    {
        var root = document.Root?.Element("cascade");
        if (root?.Element("stages") is not { } stages)
            throw new InvalidDataException(
                "it is not a cascade of OpenCV (or one of the old form, before version 2.4)"
            );
        var (width, height) = (Number(root, "width"), Number(root, "height"));
        var isLbp = Text(root, "featureType") == "LBP";
        if (!isLbp && Text(root, "featureType") != "HAAR")
            throw new InvalidDataException($"its features are {Text(root, "featureType")}; LBP and HAAR are known");
        var entries = Entries(root, "features");
        CascadeFeatures features = isLbp
            ? new LbpFeatures([.. entries.Select(e => Block(e, width, height))])
            : new HaarFeatures(width, height, [.. entries.Select(e => Parts(e, width, height))]);
        var read = stages.Elements("_").Select(stage => Stage(stage, isLbp, entries.Count)).ToList();
        return read.Count > 0
            ? new Cascade(width, height, read, features)
            : throw new InvalidDataException("it has no stages");
    }

    private static CascadeStage Stage(XElement stage, bool isLbp, int features) =>
        new(
            Numbers(stage, "stageThreshold") is [var threshold]
                ? threshold
                : throw new InvalidDataException("a stage in it is damaged"),
            [.. Entries(stage, "weakClassifiers").Select(tree => Tree(tree, isLbp, features))]
        );

    private static CascadeTree Tree(XElement tree, bool isLbp, int features)
    {
        var leaves = Numbers(tree, "leafValues");
        var size = LinksOfNode + (isLbp ? PatternWords : 1);
        var numbers = Numbers(tree, "internalNodes");
        if (numbers.Length == 0 || numbers.Length % size != 0)
            throw new InvalidDataException("a tree in it is damaged");
        var nodes = numbers.Chunk(size).Select(n => Node(n, isLbp)).ToArray();
        // Links go forward only: no tree can be walked in circles or beyond its end.
        var isSound = nodes
            .Select((node, i) => IsLink(node.Left, i) && IsLink(node.Right, i) && node.Feature < features)
            .All(sound => sound);
        return isSound ? new CascadeTree(nodes, leaves) : throw new InvalidDataException("a tree in it is damaged");

        bool IsLink(int to, int from) => to > 0 ? to > from && to < nodes.Length : -to < leaves.Length;
    }

    private static CascadeNode Node(double[] numbers, bool isLbp) =>
        new(
            (int)numbers[0],
            (int)numbers[1],
            (int)checked((uint)numbers[2]),
            isLbp ? 0 : numbers[LinksOfNode],
            isLbp ? [.. numbers.Skip(LinksOfNode).Select(n => checked((int)n))] : []
        );

    private static (int X, int Y, int Width, int Height) Block(XElement feature, int width, int height)
    {
        var n = Numbers(feature, "rect");
        var block = n.Length == 4 ? new HaarFeatures.Part((int)n[0], (int)n[1], (int)n[2], (int)n[3], 1) : default;
        return IsInside(block with { Width = 3 * block.Width, Height = 3 * block.Height }, width, height)
            ? (block.X, block.Y, block.Width, block.Height)
            : throw new InvalidDataException("a feature in it is damaged");
    }

    private static HaarFeatures.Part[] Parts(XElement feature, int width, int height)
    {
        if (feature.Element("tilted")?.Value.Trim() == "1")
            throw new InvalidDataException("it has tilted features, which are not supported");
        var parts = Entries(feature, "rects")
            .Select(rect => Split(rect.Value))
            .Select(n =>
                n.Length == 5 ? new HaarFeatures.Part((int)n[0], (int)n[1], (int)n[2], (int)n[3], n[4]) : default
            )
            .ToArray();
        return parts.Length > 0 && parts.All(part => IsInside(part, width, height))
            ? parts
            : throw new InvalidDataException("a feature in it is damaged");
    }

    private static bool IsInside(HaarFeatures.Part part, int width, int height) =>
        part is { X: >= 0, Y: >= 0, Width: > 0, Height: > 0 }
        && part.X + part.Width <= width
        && part.Y + part.Height <= height;

    private static List<XElement> Entries(XElement parent, string name) =>
        [.. parent.Element(name)?.Elements("_") ?? []];

    private static string Text(XElement parent, string name) =>
        parent.Element(name)?.Value.Trim() ?? throw new InvalidDataException($"it has no {name}");

    private static int Number(XElement parent, string name) =>
        int.Parse(Text(parent, name), CultureInfo.InvariantCulture) is > 0 and < 1000 and var number
            ? number
            : throw new InvalidDataException($"its {name} makes no sense");

    private static double[] Numbers(XElement parent, string name) => Split(Text(parent, name));

    private static double[] Split(string text) =>
        [
            .. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(word => double.Parse(word, CultureInfo.InvariantCulture)),
        ];
}
