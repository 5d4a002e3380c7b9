using System.Globalization;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host;

/// <summary>Lets one process at a time work on a data directory. The system frees it when the process dies, however it dies.</summary>
internal sealed class InstanceLock : IDisposable
{
    private readonly FileStream _file;

    private InstanceLock(FileStream file) => _file = file;

    /// <returns>The lock; null when another process holds it.</returns>
    /// <exception cref="IOException">The data directory cannot be used.</exception>
    public static InstanceLock? TryTake(DataFolder data)
    {
        Directory.CreateDirectory(data.Root);
        FileStream file;
        try
        {
            file = new FileStream(data.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException) && File.Exists(data.Lock))
        {
            return null;
        }
        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        file.Flush();
        return new InstanceLock(file);
    }

    /// <summary>Asks whether a process works there, without taking the lock.</summary>
    /// <exception cref="UnauthorizedAccessException">The lock file cannot be read.</exception>
    public static bool IsHeld(DataFolder data)
    {
        if (!File.Exists(data.Lock))
            return false;
        try
        {
            // A shared lock: it goes together with those of others who ask, not with the holder's.
            new FileStream(data.Lock, FileMode.Open, FileAccess.Read, FileShare.Read).Dispose();
            return false;
        }
        catch (IOException e) when (e.GetType() == typeof(IOException))
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();
}
