using System.Text.RegularExpressions;

namespace ShortsDaemon.Pipeline.Credentials;

/// <summary>What an account may be called: the name becomes part of a file name.</summary>
public static partial class AccountName
{
    public static bool IsGood(string name) => Allowed().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.None, 1000)]
    private static partial Regex Allowed();
}
