namespace ShortsDaemon.Media.Encoders;

/// <summary>No encoder passed its trial, so no Short can be made. The message gives each one's reason.</summary>
public sealed class NoEncoderException(IReadOnlyList<EncoderState> report)
    : Exception("No H.264 encoder works. " + string.Join("; ", report.Select(e => $"{e.Name}: {e.Reason}")))
{
    /// <summary>The table at the moment of the failure.</summary>
    public IReadOnlyList<EncoderState> Report { get; } = report;
}
