namespace ShortsDaemon.Pipeline.Gate.Checks;

internal sealed class FrameCheck : ShortCheck
{
    public override string Code => "frame-format";

    public override Finding Look(GateInput input)
    {
        var picture = input.Picture;
        return Finding.Of(
            picture
                is {
                    Width: 1080,
                    Height: 1920,
                    Rotation: 0,
                    SampleAspect: 1,
                    Codec: "h264",
                    PixelFormat: "yuv420p",
                    IsVariableRate: false
                },
            $"{picture.Codec} {picture.Width}×{picture.Height} {picture.PixelFormat}, pixel aspect {picture.SampleAspect:0.###}, {picture.Rate.PerSecond:0.##} fps {(picture.IsVariableRate ? "variable" : "constant")}; h264 1080×1920 yuv420p, 1, constant are wanted"
        );
    }
}
