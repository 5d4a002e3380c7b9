using ShortsDaemon.Media;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Faces can be found, where a channel's layout looks for them.</summary>
internal sealed class FaceModelCheck : QuickCheck
{
    private static readonly LayoutName[] Lookers =
    [
        LayoutName.FacecamSplit,
        LayoutName.AutoFacecam,
        LayoutName.TrackingCrop,
        LayoutName.Auto,
    ];

    public override string Name => "face model";

    protected override IEnumerable<DoctorLine> Look(Patient patient)
    {
        var tools = new ToolPaths { FaceModel = patient.Options.Tools.FaceModel };
        var state = new FaceModel(() => tools).Look();
        string[] channels =
        [
            .. patient.EnabledChannels.Where(c => Lookers.Contains(c.Value.Render.Layout)).Select(c => $"'{c.Key}'"),
        ];
        if (state.Problem is null)
            yield return Ok(state.Path!);
        else if (state.Path is not null)
            yield return Fail(state.Problem, FaceModel.Mend);
        else if (channels.Length > 0)
            yield return Warn(
                $"{state.Problem}; the layout of {string.Join(", ", channels)} looks for faces and has to do without",
                FaceModel.Mend
            );
        else
            yield return Ok("no channel looks for faces");
    }
}
