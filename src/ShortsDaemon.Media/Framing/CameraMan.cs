using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Media.Framing;

/// <summary>
/// Moves a cut after its subject as a person would: it rests while the subject stays near the middle, sets out before the
/// subject does, and gains and loses speed gently. A new scene begins with a new place.
/// </summary>
/// <param name="rate">Frames per second.</param>
/// <param name="share">Width of the cut ÷ width of the picture.</param>
internal sealed class CameraMan(FrameRate rate, double share)
{
    /// <summary>Largest acceleration, in widths of the cut per s².</summary>
    public const double MostAcceleration = 3;

    // How far from the middle of the cut the subject may go before the camera follows, in widths of the cut.
    private const double Rest = 0.12;

    // How far ahead and back it looks, in s; farther where the subject is so sudden that this is not gentle enough.
    private const double Look = 0.7;

    // In fractions of the picture per frame and frame.
    private double Acceleration => MostAcceleration * share / (rate.PerSecond * rate.PerSecond);

    /// <param name="subject">Middle of the subject in fractions of the picture's width, frame by frame.</param>
    /// <param name="scenes">Frames at which a scene begins, in order; the first is 0.</param>
    /// <returns>The same for the middle of the cut, which stays within the picture.</returns>
    public CameraPath Follow(IReadOnlyList<double> subject, IReadOnlyList<int> scenes)
    {
        var centres = new double[subject.Count];
        for (var i = 0; i < scenes.Count; i++)
        {
            var end = i + 1 < scenes.Count ? scenes[i + 1] : subject.Count;
            var scene = Scene([.. subject.Skip(scenes[i]).Take(end - scenes[i])]);
            scene.CopyTo(centres, scenes[i]);
        }
        return new CameraPath(rate, centres);
    }

    private double[] Scene(double[] subject)
    {
        var resting = Resting(subject);
        for (var reach = Math.Max(1, (int)Math.Round(Look / 2 * rate.PerSecond)); ; reach += Math.Max(1, reach / 8))
        {
            // The mean of a mean: each doubling of the reach makes the camera four times as gentle.
            var path = Mean(Mean(resting, reach), reach);
            if (Sharpest(path) <= Acceleration)
                return path;
        }
    }

    private double[] Resting(double[] subject)
    {
        var place = subject[0];
        var path = new double[subject.Length];
        for (var i = 0; i < path.Length; i++)
        {
            place = Math.Clamp(place, subject[i] - Rest * share, subject[i] + Rest * share);
            path[i] = Inside(place);
        }
        return path;
    }

    // The mean over as many frames before as after; beyond the ends the path stands still.
    private static double[] Mean(double[] path, int reach)
    {
        var means = new double[path.Length];
        var sum = 0d;
        for (var i = -reach; i <= reach; i++)
            sum += At(path, i);
        for (var i = 0; i < path.Length; i++)
        {
            means[i] = sum / (2 * reach + 1);
            sum += At(path, i + reach + 1) - At(path, i - reach);
        }
        return means;
    }

    private static double At(double[] path, int index) => path[Math.Clamp(index, 0, path.Length - 1)];

    /// <summary>Largest change of speed from one frame to the next.</summary>
    private static double Sharpest(double[] path)
    {
        var most = 0d;
        for (var i = 1; i < path.Length - 1; i++)
            most = Math.Max(most, Math.Abs(path[i + 1] - 2 * path[i] + path[i - 1]));
        return most;
    }

    private double Inside(double centre) => Math.Clamp(centre, share / 2, 1 - share / 2);
}
