namespace ShortsDaemon.Pipeline.Configuration;

/// <summary>Marks an option that is read once: an edit of it is reported and waits for the next start.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NeedsRestartAttribute : Attribute;

/// <summary>The section may also be written as a plain value, which then is the named property.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShortFormAttribute(string property) : Attribute
{
    public string Property { get; } = property;
}
