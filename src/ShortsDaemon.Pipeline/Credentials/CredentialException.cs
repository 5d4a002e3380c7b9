using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Credentials;

/// <summary>A login is missing, revoked or not the right one: nothing goes on there until a person has mended it.</summary>
public sealed class CredentialException(string message, Exception? inner = null) : UnavailableException(message, inner);
