namespace ShortsDaemon.Host.Install;

/// <summary>Installing, upgrading or going back did not work; the message says what, where, and what to do.</summary>
internal sealed class InstallException(string message, Exception? inner = null) : Exception(message, inner);
