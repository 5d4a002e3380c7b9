using System.Collections.Concurrent;

namespace ShortsDaemon.World.YouTube;

/// <summary>Sessions by id. An expired one is gone for good.</summary>
internal sealed class UploadSessions(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, UploadSession> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _gone = new(StringComparer.Ordinal);

    public bool IsOpen(UploadSession session) => _sessions.ContainsKey(session.Id);

    public void Add(UploadSession session) => _sessions[session.Id] = session;

    /// <param name="id">What the client gave.</param>
    /// <param name="life">How old a session may be.</param>
    /// <returns>The session, or null and 404 or 410.</returns>
    public (UploadSession? Session, int Status) Find(string id, TimeSpan life)
    {
        if (!_sessions.TryGetValue(id, out var session))
            return (null, _gone.GetValueOrDefault(id, 404));
        if (time.GetUtcNow() < session.StartedAt + life)
            return (session, 200);
        Drop(id, 404);
        return (null, 404);
    }

    public void Drop(string id, int status)
    {
        if (_sessions.TryRemove(id, out var session) && session.Video is null)
            File.Delete(session.File);
        _gone[id] = status;
    }

    public void DropAll(int status)
    {
        foreach (var id in _sessions.Keys)
            Drop(id, status);
    }
}
