using System.ComponentModel.DataAnnotations;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Render.Transcribers;

/// <summary>The recognisers of speech; a channel picks one of them in Render:Captions:Transcriber.</summary>
public sealed class TranscriptionOptions
{
    /// <summary>Longest time for one recording, in s.</summary>
    [Range(5, 86400)]
    public double TimeLimitSeconds { get; init; } = 600;

    public WhisperOptions Whisper { get; init; } = new();
    public OpenAiOptions OpenAi { get; init; } = new();
    public DeepgramOptions Deepgram { get; init; } = new();
}

/// <summary>whisper.cpp; its program is Tools:Whisper.</summary>
public sealed class WhisperOptions
{
    /// <summary>Model file, for instance ggml-base.bin.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string Model { get; init; } = "";
}

public sealed class OpenAiOptions
{
    /// <summary>Where its API is; /audio/transcriptions is below it.</summary>
    [Required]
    public string Url { get; init; } = "https://api.openai.com/v1/";

    /// <summary>File with the key; none: a server of one's own needs none.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string KeyFile { get; init; } = "";

    /// <summary>A model that tells the times of words.</summary>
    [Required]
    public string Model { get; init; } = "whisper-1";
}

public sealed class DeepgramOptions
{
    /// <summary>Where its API is; /listen is below it.</summary>
    [Required]
    public string Url { get; init; } = "https://api.deepgram.com/v1/";

    /// <summary>File with the key.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string KeyFile { get; init; } = "";

    [Required]
    public string Model { get; init; } = "nova-3";
}
