using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Install;

/// <summary>Waits until a daemon that was just started is ready for work.</summary>
/// <param name="urls">Daemon:Urls.</param>
/// <param name="data">Its data directory.</param>
/// <param name="time">Clock of the wait.</param>
internal sealed class Readiness(string urls, DataFolder data, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FirstSign = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>Where it is asked.</summary>
    /// <exception cref="InstallException">Daemon:Urls names no fixed port.</exception>
    public Uri Address { get; } = AddressOf(urls);

    /// <param name="limit">Longest wait.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null: it is ready; otherwise what is wrong.</returns>
    public async Task<string?> WaitAsync(TimeSpan limit, CancellationToken cancel)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = AnswerLimit };
        var began = time.GetTimestamp();
        var hasLived = false;
        var last = "it has not answered";
        while (time.GetElapsedTime(began) < limit)
        {
            var lives = InstanceLock.IsHeld(data);
            if (hasLived && !lives)
                return $"it has ended again. The last thing seen: {last}.";
            if (!lives && time.GetElapsedTime(began) > FirstSign)
                return $"after {FirstSign.TotalSeconds:0} s it does not work in '{data.Root}'.";
            hasLived |= lives;
            // Somebody else may listen there.
            if (lives && (last = await AskAsync(http, cancel)) is "")
                return null;
            await Task.Delay(Pause, time, cancel);
        }
        return $"it was not ready within {limit.TotalSeconds:0} s. The last thing seen: {last}.";
    }

    /// <returns>Empty: it is ready; otherwise what it says.</returns>
    private async Task<string> AskAsync(HttpClient http, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync(Address, cancel);
            if (answer.IsSuccessStatusCode)
                return "";
            var said = await answer.Content.ReadAsStringAsync(cancel);
            return $"{Address} answers {(int)answer.StatusCode}: {said[..Math.Min(said.Length, 1000)]}";
        }
        catch (HttpRequestException e)
        {
            return $"{Address} does not answer ({e.Message})";
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return $"{Address} does not answer";
        }
    }

    private static Uri AddressOf(string urls)
    {
        var first = urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[0];
        var reachable = first
            .Replace("//+", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//*", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//[::]", "//[::1]", StringComparison.Ordinal);
        var address = new Uri(new Uri(reachable), "/health/ready");
        return address.Port > 0
            ? address
            : throw new InstallException(
                $"Daemon:Urls is '{urls}': an installed daemon needs a fixed port, for instance http://127.0.0.1:8787"
            );
    }
}
