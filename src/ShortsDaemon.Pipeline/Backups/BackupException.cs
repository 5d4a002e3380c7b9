namespace ShortsDaemon.Pipeline.Backups;

/// <summary>A backup cannot be made, is not good, or cannot be put back.</summary>
/// <param name="message">What, where, and how to mend it.</param>
/// <param name="inner">The cause.</param>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
