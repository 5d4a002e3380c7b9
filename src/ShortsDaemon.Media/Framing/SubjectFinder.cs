using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Media.Framing;

/// <summary>Where the subject is: scene by scene a face that is seen often enough, otherwise the middle of what moves.</summary>
/// <param name="Centres">Fractions of the picture's width, frame by frame of the Short.</param>
/// <param name="Scenes">Frames at which a scene begins; the first is 0.</param>
/// <param name="FaceShare">Share of the frames in which it is a face.</param>
internal sealed record Subject(IReadOnlyList<double> Centres, IReadOnlyList<int> Scenes, double FaceShare);

/// <param name="faces">Null: only motion is followed.</param>
internal sealed class SubjectFinder(FaceFinder? faces)
{
    private const int LookEvery = 2;
    private const double LeastSeen = 1 / 3d;

    // A single wrong place between right ones is left out.
    private const int MedianOf = 5;

    /// <param name="frames">The recording.</param>
    /// <param name="rate">Frames per second of the Short.</param>
    /// <param name="count">Frames of the Short; at least 1.</param>
    /// <param name="cancel">Gives up.</param>
    public Subject Find(SteadyFrames frames, FrameRate rate, int count, CancellationToken cancel)
    {
        int[] cuts =
        [
            .. frames.Cuts.Select(cut => (int)Math.Round(cut * rate.PerSecond)).Where(f => f > 0 && f < count),
        ];
        int[] scenes = [0, .. cuts.Distinct()];
        var sights = Look(frames, [.. scenes.Select(scene => scene / rate.PerSecond)], cancel);
        var centres = new double[count];
        var withFace = 0;
        for (var i = 0; i < scenes.Length; i++)
        {
            var end = i + 1 < scenes.Length ? scenes[i + 1] : count;
            var points = sights[i].Points;
            for (var frame = scenes[i]; frame < end; frame++)
                centres[frame] = Track.At(points, frame / rate.PerSecond);
            withFace += sights[i].IsFace ? end - scenes[i] : 0;
        }
        return new Subject(centres, scenes, (double)withFace / count);
    }

    private List<Sights> Look(SteadyFrames frames, double[] starts, CancellationToken cancel)
    {
        var trail = faces is null ? null : new FaceTrail(faces);
        List<Sights> scenes = [.. starts.Select(_ => new Sights())];
        var (index, scene, before) = (0, 0, (GreyFrame?)null);
        foreach (var frame in frames.Frames)
        {
            cancel.ThrowIfCancellationRequested();
            var time = index / frames.PerSecond;
            while (scene + 1 < starts.Length && time >= starts[scene + 1])
            {
                scene++;
                before = null;
                trail?.Forget();
            }
            if (before is not null && MotionCentre.Between(before, frame) is { } motion)
                scenes[scene].Motion.Add((time - 0.5 / frames.PerSecond, motion));
            if (trail is not null && index % LookEvery == 0)
                scenes[scene].Saw(time, trail.Look(frame)?.CentreX);
            (before, index) = (frame, index + 1);
        }
        return scenes;
    }

    private sealed class Sights
    {
        private readonly List<(double Time, double Place)> _faces = [];
        private int _looks;

        public List<(double Time, double Place)> Motion { get; } = [];

        public bool IsFace => _faces.Count > 0 && _faces.Count >= LeastSeen * _looks;

        public IReadOnlyList<(double Time, double Place)> Points => Track.Median(IsFace ? _faces : Motion, MedianOf);

        public void Saw(double time, double? face)
        {
            _looks++;
            if (face is { } place)
                _faces.Add((time, place));
        }
    }
}
