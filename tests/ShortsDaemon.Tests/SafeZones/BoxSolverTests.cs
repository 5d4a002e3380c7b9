using NUnit.Framework;
using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.Tests.SafeZones;

public sealed class BoxSolverTests
{
    private static readonly Box Area = Box.Frame.Inside(BoxSolver.Margin);

    [Test]
    public void Nothing_overlaps_a_mask_or_another_box_and_nothing_is_left_out_that_had_room()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 3000; round++)
        {
            var taken = Taken(random);
            var wishes = Wishes(random);

            var places = BoxSolver.Place(wishes, taken);

            List<Box> full = [.. taken];
            foreach (var wish in wishes)
            {
                if (!places.TryGetValue(wish.Name, out var place))
                {
                    Assert.That(HasRoom(wish, full), Is.False, $"round {round}: {wish} had room");
                    continue;
                }
                Assert.That(full.Where(place.Overlaps), Is.Empty, $"round {round}: {wish} at {place}");
                Assert.That(Area.Contains(place), $"round {round}: {place} is outside");
                Assert.That(place.Height, Is.EqualTo(wish.Height));
                Assert.That(place.Width, Is.InRange(wish.LeastWidth, wish.Width));
                full.Add(place);
            }
        }
    }

    [Test]
    public void A_wish_that_nothing_is_against_is_granted()
    {
        var places = BoxSolver.Place([new Wish("a", 540, 960, 600, 200, 300)], [new Box(0, 0, 1080, 700)]);

        Assert.That(places["a"], Is.EqualTo(new Box(240, 860, 600, 200)));
    }

    [Test]
    public void A_box_rather_moves_up_a_little_than_far_to_the_side()
    {
        var places = BoxSolver.Place([new Wish("a", 540, 1400, 600, 200, 600)], [new Box(0, 1440, 1080, 480)]);

        Assert.That(places["a"], Is.EqualTo(new Box(240, 1240, 600, 200)));
    }

    [Test]
    public void Beside_buttons_it_becomes_narrower_and_stays_in_the_middle()
    {
        var places = BoxSolver.Place([new Wish("a", 540, 1000, 960, 200, 500)], [new Box(900, 700, 180, 1220)]);

        Assert.That(places["a"].CentreX, Is.EqualTo(540));
        Assert.That(places["a"].Right, Is.InRange(880, 900));
    }

    [Test]
    public void Every_platform_has_masks_in_the_frame_with_a_source_and_leaves_room_for_texts()
    {
        Assert.That(PlatformMasks.All.Select(known => known.Platform), Is.EquivalentTo(Enum.GetValues<Platform>()));
        foreach (var known in PlatformMasks.All)
        {
            Assert.That(known.Source, Is.Not.Empty);
            Assert.That(known.Date, Does.Match("^20[0-9]{2}-[0-9]{2}$"));
            Assert.That(known.Masks, Has.All.Matches<Mask>(mask => mask.What.Length > 0));
            Assert.That(PlatformMasks.Of([known.Platform]), Has.All.Matches<Box>(Box.Frame.Contains));
        }
        Assert.That(PlatformMasks.Of([]), Has.Count.EqualTo(PlatformMasks.All.Sum(known => known.Masks.Count)));
        Wish[] texts = [new("captions", 540, 1350, 960, 180, 520), new("hook", 540, 420, 920, 260, 560)];
        Assert.That(BoxSolver.Place(texts, PlatformMasks.Of([])), Has.Count.EqualTo(2));
    }

    // An oracle that shares no code: a grid of places.
    private static bool HasRoom(Wish wish, List<Box> full)
    {
        for (var x = Area.X; x + wish.LeastWidth <= Area.Right; x += 10)
        for (var y = Area.Y; y + wish.Height <= Area.Bottom; y += 10)
            if (!full.Exists(new Box(x, y, wish.LeastWidth, wish.Height).Overlaps))
                return true;
        return false;
    }

    private static List<Box> Taken(Random random) =>
        [
            .. PlatformMasks.Of(random.Next(3) == 0 ? [] : [(Platform)random.Next(3)]),
            .. Enumerable.Range(0, random.Next(3)).Select(_ => Any(random)),
        ];

    private static Box Any(Random random)
    {
        var (width, height) = (random.Next(10, 700), random.Next(10, 700));
        return new(random.Next(-50, 1081), random.Next(-50, 1921), width, height);
    }

    private static List<Wish> Wishes(Random random) =>
        [
            .. Enumerable
                .Range(0, random.Next(1, 5))
                .Select(i =>
                {
                    var least = random.Next(40, 700);
                    // Widths between them are tried in steps, of which the last is the least.
                    var width = least + 20 * random.Next(0, 15);
                    return new Wish(
                        $"w{i}",
                        random.Next(0, 1080),
                        random.Next(0, 1920),
                        width,
                        random.Next(20, 400),
                        least
                    );
                }),
        ];
}
