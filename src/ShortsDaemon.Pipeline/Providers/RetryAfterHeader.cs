namespace ShortsDaemon.Pipeline.Providers;

/// <summary>How long an answer asks to wait, given as seconds or as a date.</summary>
public static class RetryAfterHeader
{
    /// <returns>Never negative; null: the answer does not say.</returns>
    public static TimeSpan? Of(HttpResponseMessage answer, TimeProvider time)
    {
        var said = answer.Headers.RetryAfter;
        var wait = said?.Delta ?? said?.Date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
