using System.ComponentModel.DataAnnotations;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.SafeZones;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Render.Transcribers;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>How the Short looks and sounds.</summary>
public sealed record RenderOptions
{
    public LayoutName Layout { get; init; } = LayoutName.BlurredBackdrop;

    /// <summary>Where the facecam is, for broadcasters without an entry in <see cref="Facecams"/>.</summary>
    public FacecamOptions Facecam { get; init; } = new();

    /// <summary>Where the facecam is, by the broadcaster's login.</summary>
    public Dictionary<string, FacecamOptions> Facecams { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Highest frame rate; a faster source is halved, a slower one keeps its own.</summary>
    [Range(24, 60)]
    public int MaxFrameRate { get; init; } = 60;

    /// <summary>Integrated loudness in LUFS.</summary>
    [Range(-30, -9)]
    public double LoudnessLufs { get; init; } = -14;

    /// <summary>Music under the Short's own sound, an audio file; empty: none.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string Music { get; init; } = "";

    /// <summary>How the music lies to the Short's own sound in its pauses, in dB; under speech it goes lower still.</summary>
    [Range(-40, 0)]
    public double MusicDb { get; init; } = -18;

    public CaptionOptions Captions { get; init; } = new();

    /// <summary>Text at the beginning, with names in braces as in a title; empty: none.</summary>
    public string Hook { get; init; } = "";

    /// <summary>How long it stays, in s.</summary>
    [Range(1, 180)]
    public double HookSeconds { get; init; } = 3;

    /// <summary>Small text from beginning to end, with names in braces; empty: none.</summary>
    public string Credit { get; init; } = "";

    /// <summary>Large text on both thumbnails, with names in braces; empty: none.</summary>
    public string ThumbnailText { get; init; } = "";

    /// <summary>Font of all texts, a .ttf or .otf file; empty: the system's bold sans-serif.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string FontFile { get; init; } = "";

    /// <summary>Platforms whose buttons the texts keep clear of; none: of all.</summary>
    public List<Platform> Platforms { get; init; } = [];

    /// <summary>Leaves out black, frozen and silent beginnings and ends, at most 30 % on either side.</summary>
    public bool Trim { get; init; } = true;

    /// <summary>Longest Short in s. Of a longer recording the liveliest part is shown, by sound and motion.</summary>
    [Range(3, 180)]
    public double MaxLengthSeconds { get; init; } = 180;

    /// <summary>The end crosses softly into the beginning, so that the Short repeats without a jump; 0.4 s shorter by that.</summary>
    public bool Loop { get; init; }

    /// <summary>The layout asks for a face model.</summary>
    public bool LooksForFaces =>
        Layout is LayoutName.FacecamSplit or LayoutName.AutoFacecam or LayoutName.TrackingCrop or LayoutName.Auto;

    /// <param name="item">What a person may wish for.</param>
    /// <returns>These options as they are for that item.</returns>
    public RenderOptions For(Item item) =>
        this with
        {
            Layout = item.WantedLayout ?? Layout,
            Captions = item.WantedCaptions switch
            {
                true when Captions.Transcriber == TranscriberName.None => Captions with
                {
                    Transcriber = TranscriberName.Sidecar,
                },
                false => Captions with { Transcriber = TranscriberName.None },
                _ => Captions,
            },
        };

    /// <param name="logins">Names of the broadcaster.</param>
    /// <returns>Where the facecam is; null: not known.</returns>
    public Region? FacecamOf(IEnumerable<string> logins) =>
        (
            logins.Select(login => Facecams.GetValueOrDefault(login)).FirstOrDefault(found => found is not null)
            ?? Facecam
        ).Region;
}
