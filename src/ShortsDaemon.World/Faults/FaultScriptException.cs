namespace ShortsDaemon.World.Faults;

/// <summary>A fault script, or a single rule, makes no sense. The message says where, why and how to mend it.</summary>
public sealed class FaultScriptException(string message, Exception? inner = null) : Exception(message, inner);
