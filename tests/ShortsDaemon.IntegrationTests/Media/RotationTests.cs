using System.Buffers.Binary;
using NUnit.Framework;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>A telephone stores its pictures lying and notes how to turn them: the Short stands upright.</summary>
public sealed class RotationTests
{
    // Shown upright: red top left, green top right, blue bottom left, white bottom right.
    private const string Corners =
        "color=red:s={0}:r=25[a];color=lime:s={0}:r=25[b];color=blue:s={0}:r=25[c];color=white:s={0}:r=25[d];"
        + "[a][b]hstack[t];[c][d]hstack[u];[t][u]vstack";

    [TestCase(0, "", "180x320")]
    [TestCase(90, ",transpose=2", "180x320")]
    [TestCase(180, ",hflip,vflip", "180x320")]
    [TestCase(270, ",transpose=1", "180x320")]
    [TestCase(90, ",transpose=2", "320x180")]
    public async Task The_picture_stands_upright(int clockwise, string stored, string quarter)
    {
        var file = await TurnedAsync(clockwise, stored, quarter);

        var take = await Studio.MakeAsync(file, LayoutName.BlurredBackdrop);
        var picture = await Picture.ReadAsync(take.Request.Video, 0.5);

        Assert.That(take.Made.Source.Picture!.Rotation, Is.EqualTo(clockwise));
        var (left, top, right, bottom) = quarter == "180x320" ? (270, 480, 810, 1440) : (270, 800, 810, 1120);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Name(picture.At(left, top)), Is.EqualTo("red"));
            Assert.That(Name(picture.At(right, top)), Is.EqualTo("green"));
            Assert.That(Name(picture.At(left, bottom)), Is.EqualTo("blue"));
            Assert.That(Name(picture.At(right, bottom)), Is.EqualTo("white"));
        }
    }

    private static async Task<string> TurnedAsync(int clockwise, string stored, string quarter)
    {
        var graph = Corners.Replace("{0}", quarter, StringComparison.Ordinal) + stored;
        var lying = await Recording.MakeAsync(
            $"lying-{clockwise}-{quarter}.mp4",
            $"-f lavfi -t 1 -i {graph} -c:v libx264 -preset ultrafast -pix_fmt yuv420p"
        );
        var bytes = await File.ReadAllBytesAsync(lying);
        WriteMatrix(bytes, clockwise);
        var turned = Path.Combine(Studio.NewFolder(), "turned.mp4");
        await File.WriteAllBytesAsync(turned, bytes);
        return turned;
    }

    // As telephones do, in the track header: ffmpeg's own option for it changed its name and its sense with its versions.
    private static void WriteMatrix(byte[] mp4, int clockwise)
    {
        var track = mp4.AsSpan()[(mp4.AsSpan().IndexOf("tkhd"u8) + 4)..];
        var (cosine, sine) = clockwise switch
        {
            90 => (0, 1),
            180 => (-1, 0),
            270 => (0, -1),
            _ => (1, 0),
        };
        BinaryPrimitives.WriteInt32BigEndian(track[40..], cosine << 16);
        BinaryPrimitives.WriteInt32BigEndian(track[44..], sine << 16);
        BinaryPrimitives.WriteInt32BigEndian(track[52..], -sine << 16);
        BinaryPrimitives.WriteInt32BigEndian(track[56..], cosine << 16);
    }

    private static string Name((int R, int G, int B) colour) =>
        (colour.R > 128, colour.G > 128, colour.B > 128) switch
        {
            (true, true, true) => "white",
            (true, false, false) => "red",
            (false, true, false) => "green",
            (false, false, true) => "blue",
            _ => colour.ToString(),
        };
}
