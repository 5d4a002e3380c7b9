namespace ShortsDaemon.Pipeline.Gate.Checks;

/// <summary>Picture and sound that begin apart stay apart to the end: lips and bangs do not match.</summary>
internal sealed class SoundOffsetCheck : ShortCheck
{
    private const double MostMs = 60;

    public override string Code => "sound-offset";

    public override Finding Look(GateInput input)
    {
        if (input.File.Info.Sound is not { } sound)
            return new Finding(true, "there is no sound that could be off");
        var ms = ((sound.Start ?? TimeSpan.Zero) - (input.Picture.Start ?? TimeSpan.Zero)).TotalMilliseconds;
        return Finding.Of(
            Math.Abs(ms) <= MostMs,
            $"the sound begins {ms:0} ms after the picture; at most {MostMs:0} ms either way are allowed"
        );
    }
}
