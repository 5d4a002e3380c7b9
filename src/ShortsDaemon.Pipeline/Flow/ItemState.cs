namespace ShortsDaemon.Pipeline.Flow;

/// <summary>Where an item stands. The state is the queue: it names the stage that comes next.</summary>
public enum ItemState
{
    /// <summary>Found; waits to be selected.</summary>
    Candidate,

    /// <summary>Selected; the source file has to be brought.</summary>
    Download,

    /// <summary>The source file is there; the Short has to be made.</summary>
    Render,

    /// <summary>The Short is there; it has to be checked.</summary>
    Gate,

    /// <summary>The Short has passed; a person has to approve it, where the channel wants that. No stage works here.</summary>
    Review,

    /// <summary>The Short has passed; it has to be shipped.</summary>
    Publish,

    /// <summary>End: at every destination.</summary>
    Published,

    /// <summary>End: not wanted, or not fit to ship; the reason says why.</summary>
    Rejected,

    /// <summary>End: we could not do it, for the reason given.</summary>
    Failed,

    /// <summary>End: never selected within the backlog time.</summary>
    Expired,
}

public static class ItemStates
{
    /// <summary>States in which a stage has work to do, in walking order.</summary>
    public static IReadOnlyList<ItemState> Working { get; } =
    [ItemState.Download, ItemState.Render, ItemState.Gate, ItemState.Publish];

    /// <summary>States between the selection and the end, in walking order: those of work and the wait for a person.</summary>
    public static IReadOnlyList<ItemState> UnderWay { get; } =
    [ItemState.Download, ItemState.Render, ItemState.Gate, ItemState.Review, ItemState.Publish];

    extension(ItemState state)
    {
        public bool IsEnd =>
            state is ItemState.Published or ItemState.Rejected or ItemState.Failed or ItemState.Expired;

        /// <summary>The state after this stage has done its work.</summary>
        /// <param name="isReviewed">A person looks at each Short before it is published.</param>
        public ItemState Next(bool isReviewed) =>
            state switch
            {
                ItemState.Gate when !isReviewed => ItemState.Publish,
                >= ItemState.Candidate and < ItemState.Published => state + 1,
                _ => throw new InvalidOperationException($"nothing follows {state}"),
            };
    }
}
