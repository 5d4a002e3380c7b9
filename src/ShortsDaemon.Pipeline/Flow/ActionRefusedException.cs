namespace ShortsDaemon.Pipeline.Flow;

/// <summary>What a person wanted to do with an item was not done; nothing has changed.</summary>
/// <param name="refusal">Of which kind.</param>
/// <param name="message">Why, in one sentence.</param>
public sealed class ActionRefusedException(Refusal refusal, string message) : Exception(message)
{
    public Refusal Refusal { get; } = refusal;
}

public enum Refusal
{
    NoSuchItem,

    /// <summary>It makes no sense, or may not be, where the item stands now.</summary>
    NotNow,

    /// <summary>What was given with it is wrong.</summary>
    WrongValue,
}
