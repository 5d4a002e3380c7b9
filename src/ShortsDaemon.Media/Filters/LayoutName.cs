namespace ShortsDaemon.Media.Filters;

/// <summary>How a picture of any shape fills 1080×1920.</summary>
public enum LayoutName
{
    /// <summary>The whole picture in the middle, a blurred copy above and below.</summary>
    BlurredBackdrop,

    /// <summary>The middle of the picture, cut to 9:16.</summary>
    CentreCrop,

    /// <summary>The facecam above, the game below; the rectangle is configured.</summary>
    FacecamSplit,

    /// <summary>The same, with the rectangle found by the face in it that stays in its place.</summary>
    AutoFacecam,

    /// <summary>A 9:16 cut that follows the face, or where no face is, the motion.</summary>
    TrackingCrop,

    /// <summary>For recordings that are vertical already: they fill the frame, or lie on plain black.</summary>
    Native,

    /// <summary>One of the others by what is seen in the recording.</summary>
    Auto,
}
