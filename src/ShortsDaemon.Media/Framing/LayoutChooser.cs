using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Media.Framing;

/// <summary>Turns the configured layout into one that suits the recording, and says why.</summary>
internal sealed class LayoutChooser(FFmpeg ffmpeg, FaceModel model)
{
    // Spread over the recording: a facecam is there all along.
    private const int Looks = 12;

    // Taller than 16:10 lying on its side: there is nothing to choose between left and right.
    private const double Upright = 0.7;

    private readonly GreyFrames _frames = new(ffmpeg);

    /// <exception cref="RefusedMediaException">The recording cannot be decoded.</exception>
    /// <exception cref="Processes.ProcessFailedException">ffmpeg failed for another reason.</exception>
    public async Task<Framed> ChooseAsync(FramingTask task, CancellationToken cancel)
    {
        if (Fixed(task.Wanted) is { } layout)
            return new Framed(layout, null);
        var size = SourcePicture.SizeOf(task.Picture);
        if (size.Aspect <= Upright)
            return ForUpright(size);
        if (task.Wanted == LayoutName.TrackingCrop)
            return await TrackAsync(task, size, why: null, cancel);
        var sight = await LookAsync(task, cancel);
        if (sight.Split(task) is { } split)
            return split;
        if (task.Wanted == LayoutName.Auto && sight.IsOfSomebody)
            return await TrackAsync(task, size, $"no facecam, but {sight.FaceWords}", cancel);
        return new Framed(
            new BlurredBackdrop(),
            task.Wanted == LayoutName.Auto ? sight.WhyNot(task) : $"instead of {task.Wanted}: {sight.WhyNot(task)}"
        );
    }

    private static Layout? Fixed(LayoutName wanted) =>
        wanted switch
        {
            LayoutName.BlurredBackdrop => new BlurredBackdrop(),
            LayoutName.CentreCrop => new CentreCrop(),
            LayoutName.Native => new Native(),
            _ => null,
        };

    private static Framed ForUpright(Size size)
    {
        var words = $"the recording is vertical already ({size.Width}×{size.Height})";
        return Native.Fills(size)
            ? new Framed(new Native(), words)
            : new Framed(new BlurredBackdrop(), $"{words}, but not 9:16");
    }

    private async Task<Sight> LookAsync(FramingTask task, CancellationToken cancel)
    {
        var (state, finder) = model.Open();
        var frames = await _frames.SpreadAsync(task, Looks, cancel);
        return finder is null
            ? new Sight(frames, FaceSighting.Blind(state.Problem!)) { IsBlind = true }
            : new Sight(frames, new FacecamFinder(finder).Find(frames, cancel));
    }

    private async Task<Framed> TrackAsync(FramingTask task, Size size, string? why, CancellationToken cancel)
    {
        var (state, finder) = model.Open();
        var frames = await _frames.SteadyAsync(task, cancel);
        var count = Math.Max(1, (int)Math.Ceiling(task.Length.TotalSeconds * task.Rate.PerSecond));
        var subject = new SubjectFinder(finder).Find(frames, task.Rate, count, cancel);
        var path = new CameraMan(task.Rate, TrackingCrop.ShareOf(size)).Follow(subject.Centres, subject.Scenes);
        string[] words = [.. new[] { why, Followed(subject), state.Problem }.OfType<string>()];
        return new Framed(new TrackingCrop(path), string.Join("; ", words));
    }

    private static string Followed(Subject subject) =>
        subject.FaceShare switch
        {
            0 => "what moves is followed, as no face is seen",
            1 => "the face is followed",
            _ => FormattableString.Invariant(
                $"the face is followed for {100 * subject.FaceShare:0} % of the time, what moves for the rest"
            ),
        };
}
