using System.CommandLine;

namespace ShortsDaemon.Host.Commands.Auth;

/// <summary>Logs accounts in. One sub command for each platform, in a file of its own.</summary>
internal static class AuthCommand
{
    public static Command Create() =>
        new("auth", "Logs an account of a platform in.") { AuthTwitchCommand.Create(), AuthYouTubeCommand.Create() };
}
