using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Will somebody hear of alerts?</summary>
internal sealed class ReceiversCheck : QuickCheck
{
    public override string Name => "alerts";

    protected override IEnumerable<DoctorLine> Look(Patient patient)
    {
        var receivers = patient.Options.Receivers;
        var troubles = receivers.SelectMany(Troubles).ToList();
        if (receivers.Count == 0)
            yield return Warn("nobody is told of alerts", "Name a receiver under Alerts, see docs/configuration.md.");
        else if (troubles.Count == 0)
            yield return Ok($"told to {string.Join(", ", receivers.Select(r => r.NameOrType))}");
        foreach (var trouble in troubles)
            yield return trouble;
    }

    private IEnumerable<DoctorLine> Troubles(ReceiverOptions receiver)
    {
        foreach (var file in receiver.SecretFiles.Where(file => file.Length > 0))
            if (WrongWith(file) is { } what)
                yield return Fail(
                    $"{receiver.NameOrType} cannot be told: {what}",
                    "Write its secret into the file (chmod 600), then try: ShortsDaemon alerts test"
                );
    }

    private static string? WrongWith(string file)
    {
        if (!File.Exists(file))
            return $"'{file}' does not exist";
        try
        {
            SecretFile.RequirePrivate(file);
            return null;
        }
        catch (CredentialException e)
        {
            return e.Message;
        }
    }
}
