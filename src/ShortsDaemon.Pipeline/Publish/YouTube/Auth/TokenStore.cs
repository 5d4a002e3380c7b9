using Google.Apis.Auth.OAuth2.Responses;
using Google.Apis.Util.Store;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Auth;

/// <summary>Where the library puts refreshed tokens: the token file of one account.</summary>
internal sealed class TokenStore(string path, YouTubeToken first, TokenAnswers answers, TimeProvider time) : IDataStore
{
    private YouTubeToken _latest = first;

    public async Task StoreAsync<T>(string key, T value)
    {
        if (value is not TokenResponse token)
            throw new NotSupportedException($"'{typeof(T).Name}' has no place in a token file");
        // Somebody has logged in anew meanwhile: what we got belongs to a login that is over.
        if (await OnDiskAsync(key) is { } there && there.RefreshToken != _latest.RefreshToken)
            return;
        var isNew = token.RefreshToken is not null && token.RefreshToken != _latest.RefreshToken;
        var now = time.GetUtcNow();
        var life = answers.RefreshTokenLife;
        _latest = _latest with
        {
            RefreshToken = token.RefreshToken ?? _latest.RefreshToken,
            IssuedAt = isNew ? now : _latest.IssuedAt,
            ExpiresAt =
                life is { } known ? now + known
                : isNew ? null
                : _latest.ExpiresAt,
            AccessToken = token.AccessToken,
            AccessTokenIssuedAt = now,
            AccessTokenExpiresAt = now + TimeSpan.FromSeconds(token.ExpiresInSeconds ?? 0),
            Scope = token.Scope ?? _latest.Scope,
        };
        await _latest.WriteAsync(path, CancellationToken.None);
    }

    // The library deletes after any 4xx, also after one that passes. The login is good until somebody replaces it.
    public Task DeleteAsync<T>(string key) => Task.CompletedTask;

    public Task<T> GetAsync<T>(string key) => Task.FromResult<T>(default!);

    public Task ClearAsync() => Task.CompletedTask;

    private async Task<YouTubeToken?> OnDiskAsync(string account) =>
        File.Exists(path) ? await YouTubeToken.ReadAsync(path, account, CancellationToken.None) : null;
}
