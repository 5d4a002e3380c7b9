using ShortsDaemon.Media;
using ShortsDaemon.Media.Faces;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Faces can be found, where a channel's layout looks for them.</summary>
internal sealed class FaceModelCheck : QuickCheck
{
    public override string Name => "face model";

    protected override IEnumerable<DoctorLine> Look(Patient patient)
    {
        var tools = new ToolPaths { FaceModel = patient.Options.Tools.FaceModel };
        var state = new FaceModel(() => tools).Look();
        string[] channels =
        [
            .. patient.EnabledChannels.Where(c => c.Value.Render.LooksForFaces).Select(c => $"'{c.Key}'"),
        ];
        if (state.Problem is null)
            yield return Ok(state.Path!);
        else if (state.Path is not null)
            yield return Warn($"{state.Problem}; layouts do without faces", FaceModel.Mend);
        else if (channels.Length > 0)
            yield return Warn(
                $"{state.Problem}; the layout of {string.Join(", ", channels)} looks for faces and has to do without",
                FaceModel.Mend
            );
        else
            yield return Ok("no channel looks for faces");
    }
}
