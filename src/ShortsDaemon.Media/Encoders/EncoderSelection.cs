using System.Security.Cryptography;
using System.Text;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Encoders;

/// <summary>Picks the best encoder that has proven itself on this machine. Safe to use from many items at once.</summary>
/// <param name="encoders">The candidates in the platform's order, see <see cref="PlatformEncoders"/>.</param>
/// <param name="preference">Asked anew at every choice, so that the configuration may change meanwhile.</param>
/// <param name="cacheFile">Where trial results outlive a restart.</param>
/// <param name="time">Clock of demotions and re-trials.</param>
public sealed class EncoderSelection(
    ProcessRunner processes,
    IReadOnlyList<VideoEncoder> encoders,
    Func<EncoderPreference> preference,
    string cacheFile,
    TimeProvider time
) : IDisposable
{
    private const int TrialsAtOnce = 2;

    private readonly FFmpegBuild _build = new(processes);
    private readonly EncoderTrial _trial = new(processes);
    private readonly TrialLedger _ledger = new(cacheFile, time);
    private readonly SemaphoreSlim _oneRound = new(1);

    internal Func<string> ReadDrivers { get; init; } = DriverFingerprint.Read;

    /// <summary>All encoders, best first, as far as they are known now. Asks no program.</summary>
    public IReadOnlyList<EncoderState> Report
    {
        get
        {
            var standings = Order.Encoders.Select(e => (e.Name, Standing: _ledger[e.Name])).ToList();
            var chosen = standings.FirstOrDefault(s => s.Standing is { IsUsable: true }).Name;
            return [.. standings.Select(s => StateOf(s.Name, s.Standing, s.Name == chosen))];
        }
    }

    /// <summary>What a person should mend: unknown names in the preference, a cache file that cannot be written.</summary>
    public IReadOnlyList<string> Problems =>
        [.. Order.UnknownNames.Select(DescribeUnknown), .. _ledger.Problem is { } problem ? [problem] : (string[])[]];

    private IEnumerable<VideoEncoder> Usable => Order.Encoders.Where(e => _ledger[e.Name] is { IsUsable: true });

    private EncoderOrder Order => EncoderOrder.Of(encoders, preference().Prefer);

    /// <summary>The best encoder that works and is not demoted. Tries first what has not been tried or is due again.</summary>
    /// <exception cref="NoEncoderException">None works.</exception>
    /// <exception cref="ProcessFailedException">ffmpeg is missing, hangs or is something else.</exception>
    public async Task<VideoEncoder> ChooseAsync(CancellationToken cancel)
    {
        await TryDueAsync(cancel).ConfigureAwait(false);
        return Usable.FirstOrDefault() ?? throw new NoEncoderException(Report);
    }

    /// <returns>The best encoder that works, leaving these out; null when there is no other.</returns>
    public VideoEncoder? OtherThan(IReadOnlyCollection<string> names) =>
        Usable.FirstOrDefault(e => !names.Contains(e.Name));

    /// <summary>Runs the trials that are due, so that <see cref="Report"/> is complete; unlike
    /// <see cref="ChooseAsync"/> it is content when none works.</summary>
    /// <exception cref="ProcessFailedException">ffmpeg is missing, hangs or is something else.</exception>
    public async Task TryDueAsync(CancellationToken cancel)
    {
        await _oneRound.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var ffmpeg = ToolPath.Require(preference().FFmpegPath);
            var version = await _build.VersionAsync(ffmpeg, cancel).ConfigureAwait(false);
            _ledger.Use(new(ffmpeg, version, ReadDrivers(), ArgumentsChecksum()));
            var now = time.GetUtcNow();
            var due = encoders.Where(e => _ledger[e.Name]?.NeedsTrial(e.IsHardware, now) ?? true).ToList();
            if (due.Count > 0)
                await TryAsync(ffmpeg, due, cancel).ConfigureAwait(false);
        }
        finally
        {
            _oneRound.Release();
        }
    }

    /// <summary>Takes a hardware encoder out after it failed in production; it passes a new trial before it comes back.</summary>
    /// <returns>False for libx264: the last resort stays.</returns>
    /// <exception cref="ArgumentException">No encoder has this name.</exception>
    public bool Demote(string name, string reason, TimeSpan duration)
    {
        var encoder =
            encoders.FirstOrDefault(e => e.Name == name)
            ?? throw new ArgumentException($"'{name}' is not an encoder of this platform", nameof(name));
        if (!encoder.IsHardware)
            return false;
        _ledger.Demote(name, reason, duration);
        MediaMeter.Demoted(name);
        return true;
    }

    public void Dispose() => _oneRound.Dispose();

    private async Task TryAsync(string ffmpeg, List<VideoEncoder> due, CancellationToken cancel)
    {
        var listed = await _build.EncodersAsync(ffmpeg, cancel).ConfigureAwait(false);
        var limit = new ParallelOptions { MaxDegreeOfParallelism = TrialsAtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(due, limit, TryOneAsync).ConfigureAwait(false);

        async ValueTask TryOneAsync(VideoEncoder encoder, CancellationToken token)
        {
            var before = _ledger[encoder.Name];
            var isListed = listed.Contains(encoder.Name);
            _ledger.Record(await _trial.RunAsync(ffmpeg, encoder, isListed, token).ConfigureAwait(false), before);
        }
    }

    // A new version of the daemon may ask more of an encoder than the old one has proven.
    private string ArgumentsChecksum()
    {
        var all = encoders.SelectMany(e => EncoderTrial.Arguments(e));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', all))));
    }

    private static EncoderState StateOf(string name, Standing? standing, bool chosen) =>
        standing is null
            ? new(name, false, false, EncoderState.NotTried, null, false)
            : new(name, standing.Trial.Listed, standing.IsUsable, standing.Trial.Reason, standing.DemotedUntil, chosen);

    private string DescribeUnknown(string name) =>
        $"Preferred encoder '{name}' is not one of this platform's: {string.Join(", ", encoders.Select(e => e.Name))}";
}
