using System.Buffers.Binary;

namespace ShortsDaemon.Media.Captions.Speech;

/// <summary>How loud a sound is from moment to moment.</summary>
public sealed class SoundLevels
{
    /// <summary>Level of silence, dBFS.</summary>
    public const double Silent = -96;

    private const int WindowMilliseconds = 20;
    private const int BytesInWindow = SpeechSound.SampleRate / 1000 * WindowMilliseconds * 2;
    private const int HeadLength = 12;

    private readonly List<double> _levels;

    private SoundLevels(List<double> levels) => _levels = levels;

    /// <summary>Of the loudest moment, dBFS.</summary>
    public double Loudest => _levels.Count > 0 ? _levels.Max() : Silent;

    /// <param name="wav">What <see cref="SpeechSound"/> wrote.</param>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static SoundLevels Read(string wav)
    {
        using var file = File.OpenRead(wav);
        FindData(file);
        List<double> levels = [];
        var window = new byte[BytesInWindow];
        int read;
        while ((read = file.ReadAtLeast(window, window.Length, throwOnEndOfStream: false)) > 1)
            levels.Add(Level(window.AsSpan(0, read & ~1)));
        return new(levels);
    }

    /// <summary>Of the loudest moment in a stretch, dBFS.</summary>
    public double In(TimeSpan start, TimeSpan end)
    {
        var from = Math.Max(0, (int)(start.TotalMilliseconds / WindowMilliseconds));
        var to = Math.Min(_levels.Count - 1, (int)(end.TotalMilliseconds / WindowMilliseconds));
        return from > to ? Silent : _levels.GetRange(from, to - from + 1).Max();
    }

    private static void FindData(FileStream file)
    {
        var head = new byte[HeadLength];
        if (file.ReadAtLeast(head, HeadLength, false) < HeadLength || !head.AsSpan(8, 4).SequenceEqual("WAVE"u8))
            throw new InvalidDataException("it is no WAV file");
        while (file.ReadAtLeast(head.AsSpan(0, 8), 8, false) == 8)
        {
            if (head.AsSpan(0, 4).SequenceEqual("data"u8))
                return;
            var length = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
            file.Position += length + length % 2;
        }
        throw new InvalidDataException("the WAV file has no sound");
    }

    private static double Level(ReadOnlySpan<byte> samples)
    {
        double sum = 0;
        for (var i = 0; i < samples.Length; i += 2)
        {
            var sample = BinaryPrimitives.ReadInt16LittleEndian(samples[i..]) / 32768.0;
            sum += sample * sample;
        }
        return sum > 0 ? Math.Max(Silent, 10 * Math.Log10(sum / (samples.Length / 2.0))) : Silent;
    }
}
