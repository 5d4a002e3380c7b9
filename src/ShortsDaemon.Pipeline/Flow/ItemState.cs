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

    extension(ItemState state)
    {
        public bool IsEnd =>
            state is ItemState.Published or ItemState.Rejected or ItemState.Failed or ItemState.Expired;

        /// <summary>The state after this stage has done its work.</summary>
        public ItemState Next =>
            state is >= ItemState.Candidate and < ItemState.Published
                ? state + 1
                : throw new InvalidOperationException($"nothing follows {state}");
    }
}
