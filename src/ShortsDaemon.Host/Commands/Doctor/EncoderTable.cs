using ShortsDaemon.Media.Encoders;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>The encoders, best first.</summary>
internal static class EncoderTable
{
    public static void Print(IEnumerable<EncoderState> encoders)
    {
        var table = new TextTable("encoder", "listed", "trial", "chosen", "reason");
        foreach (var encoder in encoders)
            table.Add(
                encoder.Name,
                encoder.Listed ? "yes" : "no",
                Trial(encoder),
                encoder.Chosen ? "yes" : "",
                encoder.Reason
            );
        table.Print();
    }

    public static string Trial(EncoderState encoder)
    {
        if (encoder.Works)
            return "passed";
        return encoder.DemotedUntil is null ? "refused" : "demoted";
    }
}
