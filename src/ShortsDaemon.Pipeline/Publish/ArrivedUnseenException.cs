namespace ShortsDaemon.Pipeline.Publish;

/// <summary>The destination says that it has the Short, but not where, and it cannot be found: nothing more can be done for it.</summary>
public sealed class ArrivedUnseenException(string message) : Exception(message);
