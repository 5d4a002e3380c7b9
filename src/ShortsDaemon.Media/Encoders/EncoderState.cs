namespace ShortsDaemon.Media.Encoders;

/// <summary>One line of the encoder table that doctor and health show.</summary>
/// <param name="Name">ffmpeg's name of the encoder.</param>
/// <param name="Listed">`ffmpeg -encoders` names it, which proves nothing about the machine.</param>
/// <param name="Works">Its latest trial succeeded and it is not demoted.</param>
/// <param name="Reason">A sentence: why it works, was refused or demoted, or that it has not been tried.</param>
/// <param name="DemotedUntil">End of its time out after a failure in production; null: not demoted.</param>
/// <param name="Chosen">The next Short would be encoded with it.</param>
public sealed record EncoderState(
    string Name,
    bool Listed,
    bool Works,
    string Reason,
    DateTimeOffset? DemotedUntil,
    bool Chosen
)
{
    internal const string NotTried = "It has not been tried yet";

    /// <summary>Something is known of it.</summary>
    public bool IsTried => Reason != NotTried;
}
