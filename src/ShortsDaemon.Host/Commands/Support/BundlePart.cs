namespace ShortsDaemon.Host.Commands.Support;

/// <summary>One file of the bundle.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Words">What is in it, for people.</param>
/// <param name="MakeAsync">Its text. Scrubbed by whoever writes it down.</param>
internal sealed record BundlePart(string Name, string Words, Func<CancellationToken, Task<object>> MakeAsync);
