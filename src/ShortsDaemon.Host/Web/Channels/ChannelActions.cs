using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Channels;

/// <summary>Pauses and resumes channels from the pages and over the API. Who did it is kept.</summary>
internal sealed class ChannelActions(
    ChannelPause pauses,
    LiveOptions live,
    TimeProvider time,
    ILogger<ChannelActions> log
)
{
    /// <returns>False: the configuration has no such channel.</returns>
    public async Task<bool> PauseAsync(string channel, string who)
    {
        if (NameOf(channel) is not { } name)
            return false;
        // Who paused it first, and since when, stays.
        if (await pauses.OfAsync(name, CancellationToken.None) is not null)
            return true;
        await pauses.PauseAsync(name, By(who, "pause channel", name), CancellationToken.None);
        log.LogInformation("{Who} paused the channel {Channel}", who, name);
        return true;
    }

    /// <returns>False: the configuration has no such channel.</returns>
    public async Task<bool> ResumeAsync(string channel, string who)
    {
        if (NameOf(channel) is not { } name)
            return false;
        if (await pauses.ResumeAsync(name, By(who, "resume channel", name), CancellationToken.None))
            log.LogInformation("{Who} resumed the channel {Channel}", who, name);
        return true;
    }

    private AuditEntry By(string who, string what, string channel) =>
        new()
        {
            At = time.GetUtcNow(),
            Who = who,
            What = what,
            Detail = channel,
        };

    private string? NameOf(string channel) =>
        live.Value.Channels.Keys.FirstOrDefault(name => name.Equals(channel, StringComparison.OrdinalIgnoreCase));
}
