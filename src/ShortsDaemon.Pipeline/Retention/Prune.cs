using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Retention;

/// <summary>Clears away what nobody needs any more.</summary>
public sealed class Prune
{
    private readonly IReadOnlyList<IRetentionRule> _rules;
    private readonly LiveOptions _options;

    internal Prune(IEnumerable<IRetentionRule> rules, LiveOptions options) =>
        (_rules, _options) = ([.. rules], options);

    /// <returns>What would go now. Nothing is changed.</returns>
    public async Task<IReadOnlyList<Leftover>> FindAsync(CancellationToken cancel)
    {
        var found = new List<Leftover>();
        foreach (var rule in _rules)
            found.AddRange(await rule.FindAsync(_options.Value.Retention, cancel));
        return found;
    }

    /// <summary>Removes it all. One thing that cannot be removed does not keep the others.</summary>
    public async Task<Pruned> RunAsync(CancellationToken cancel)
    {
        var (removed, problems) = (new List<Leftover>(), new List<string>());
        foreach (var leftover in await FindAsync(cancel))
        {
            try
            {
                if (await leftover.RemoveAsync(cancel))
                    removed.Add(leftover);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add($"'{leftover.What}' cannot be removed: {e.Message}");
            }
        }
        return new Pruned(removed, problems);
    }
}

/// <param name="Removed">What is gone.</param>
/// <param name="Problems">What could not be removed, and why.</param>
public sealed record Pruned(IReadOnlyList<Leftover> Removed, IReadOnlyList<string> Problems);
