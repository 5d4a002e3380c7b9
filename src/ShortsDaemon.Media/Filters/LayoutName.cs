namespace ShortsDaemon.Media.Filters;

/// <summary>How a picture of any shape fills 1080×1920.</summary>
public enum LayoutName
{
    /// <summary>The whole picture in the middle, a blurred copy above and below.</summary>
    BlurredBackdrop,

    /// <summary>The middle of the picture, cut to 9:16.</summary>
    CentreCrop,
}
