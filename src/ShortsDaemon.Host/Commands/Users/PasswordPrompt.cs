using Spectre.Console;

namespace ShortsDaemon.Host.Commands.Users;

/// <summary>Asks for a password without showing it; where there is no terminal it is the first line of standard input.</summary>
internal static class PasswordPrompt
{
    /// <returns>Null: none was given.</returns>
    public static async Task<string?> AskAsync(string question, CancellationToken cancel)
    {
        var prompt = new TextPrompt<string>(Markup.Escape(question)) { IsSecret = true, AllowEmpty = true };
        var password = Console.IsInputRedirected
            ? await Console.In.ReadLineAsync(cancel)
            : await prompt.ShowAsync(AnsiConsole.Console, cancel);
        return password is { Length: > 0 } ? password : null;
    }
}
