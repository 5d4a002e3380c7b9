using System.Text.Json;

namespace ShortsDaemon.Media.Encoders;

/// <summary>Every encoder's standing, in memory and in a file that survives a restart.</summary>
internal sealed class TrialLedger(string path, TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly Lock _lock = new();
    private Page? _page;

    /// <summary>Why the file could not be written; null when it could. The standings hold in memory all the same.</summary>
    public string? Problem { get; private set; }

    public Standing? this[string encoder]
    {
        get
        {
            lock (_lock)
                return Current.Standings.GetValueOrDefault(encoder);
        }
    }

    /// <summary>Forgets every standing that was found under another key.</summary>
    public void Use(TrialKey key)
    {
        lock (_lock)
        {
            if (Current.Key != key)
                _page = new(key, []);
        }
    }

    /// <param name="before">The standing when the trial began: a demotion since then says more than the trial and stays.</param>
    public void Record(TrialResult trial, Standing? before)
    {
        lock (_lock)
        {
            var now = Current.Standings.GetValueOrDefault(trial.Encoder);
            if (now is { DemotedUntil: not null } && !ReferenceEquals(now, before))
                return;
            Current.Standings[trial.Encoder] = new(trial, time.GetUtcNow());
            Save();
        }
    }

    public void Demote(string encoder, string reason, TimeSpan duration)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var known = Current.Standings.GetValueOrDefault(encoder);
            var until = known?.DemotedUntil > now + duration ? known.DemotedUntil : now + duration;
            var trial = new TrialResult(
                encoder,
                known?.Trial.Listed ?? true,
                false,
                $"It failed in production: {reason}"
            );
            Current.Standings[encoder] = new(trial, now, until);
            Save();
        }
    }

    private Page Current => _page ??= Load() ?? new(new("", "", "", ""), []);

    private Page? Load()
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<Page>(file, Json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // missing or damaged: the trials are made again and the file is written anew
        }
    }

    private void Save()
    {
        var beside = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllText(beside, JsonSerializer.Serialize(_page, Json));
            File.Move(beside, path, overwrite: true);
            Problem = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problem = $"The results of the encoder trials could not be kept in {path}: {e.Message}";
        }
    }

    private sealed record Page(TrialKey Key, Dictionary<string, Standing> Standings);
}
