namespace ShortsDaemon.Pipeline.Publish;

/// <summary>One destination does not take this Short, now or ever. The others may.</summary>
public sealed class RefusedByDestinationException(string reason, Exception? inner = null) : Exception(reason, inner);
