using Serilog.Core;
using Serilog.Debugging;

namespace ShortsDaemon.Host.Logging;

/// <summary>The log until the very end.</summary>
internal sealed class OpenLog(Logger logger) : IDisposable
{
    public Logger Logger => logger;

    public void Dispose()
    {
        try
        {
            logger.Dispose();
        }
        // A full disk keeps the last lines from the file (health has told of it). The work and its exit code are good.
        catch (IOException e)
        {
            SelfLog.WriteLine("The log could not be closed: {0}", e);
        }
    }
}
