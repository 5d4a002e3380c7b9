namespace ShortsDaemon.Pipeline.Configuration;

/// <summary>What a relative path in the configuration is relative to.</summary>
public enum PathBase
{
    /// <summary>Daemon:DataDirectory: for what the daemon writes.</summary>
    DataDirectory,

    /// <summary>The folder of the --config file that names it; from anywhere else, the data directory.</summary>
    DeclaringFile,

    /// <summary>The folder of the --config file that names it; from anywhere else, the current directory.</summary>
    CurrentDirectory,
}

/// <summary>Marks a string option as a path; the reader makes it absolute and expands a leading ~.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RelativePathAttribute(PathBase relativeTo) : Attribute
{
    public PathBase RelativeTo { get; } = relativeTo;

    /// <summary>A value without a slash is the name of a program, not a path, and stays as it is.</summary>
    public bool BareNames { get; init; }
}
