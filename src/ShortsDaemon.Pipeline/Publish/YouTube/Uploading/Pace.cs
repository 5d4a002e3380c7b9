namespace ShortsDaemon.Pipeline.Publish.YouTube.Uploading;

/// <summary>Lets so many bytes pass in a second, on average.</summary>
/// <param name="bytesPerSecond">0: no limit.</param>
/// <param name="time">Clock.</param>
internal sealed class Pace(double bytesPerSecond, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private long _sent;

    /// <summary>Waits until these bytes may go.</summary>
    public async Task WaitAsync(int bytes, CancellationToken cancel)
    {
        if (bytesPerSecond <= 0)
            return;
        var due = TimeSpan.FromSeconds(_sent / bytesPerSecond) - time.GetElapsedTime(_start);
        _sent += bytes;
        if (due > TimeSpan.Zero)
            await Task.Delay(due, time, cancel);
    }
}
