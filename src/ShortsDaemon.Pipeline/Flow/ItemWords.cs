namespace ShortsDaemon.Pipeline.Flow;

/// <summary>States in words.</summary>
public static class ItemWords
{
    /// <summary>Goes after "it".</summary>
    public static string Standing(ItemState state) =>
        state switch
        {
            ItemState.Candidate => "waits to be selected",
            ItemState.Download => "is to be downloaded",
            ItemState.Render => "is to be rendered",
            ItemState.Gate => "is to be checked",
            ItemState.Review => "waits to be approved",
            ItemState.Publish => "is to be published",
            ItemState.Published => "is published",
            ItemState.Rejected => "was rejected",
            ItemState.Failed => "was given up",
            ItemState.Expired => "has expired",
            _ => $"stands at {state}",
        };

    /// <summary>Goes after "it is being".</summary>
    public static string Worked(ItemState state) =>
        state switch
        {
            ItemState.Download => "downloaded",
            ItemState.Render => "rendered",
            ItemState.Gate => "checked",
            ItemState.Publish => "published",
            _ => "changed by somebody else",
        };
}
