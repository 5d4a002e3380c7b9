namespace ShortsDaemon.Pipeline.Gate.Checks;

internal sealed class SoundTrackCheck : ShortCheck
{
    public override string Code => "sound-format";

    public override Finding Look(GateInput input) =>
        input.File.Info.Sound is { } sound
            ? Finding.Of(
                sound is { Codec: "aac", SampleRate: 48000, Channels: 2 },
                $"{sound.Codec} {sound.SampleRate} Hz, {sound.Channels} channels; aac 48000 Hz stereo is wanted"
            )
            : new Finding(false, "there is no sound track");
}
