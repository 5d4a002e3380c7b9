namespace ShortsDaemon.Tests.Encoders;

/// <summary>A shell script that answers -version, -encoders and trial encodes as its folder's files tell it.</summary>
internal sealed class FakeFFmpeg : IDisposable
{
    private const string Script = """
        #!/bin/sh
        cd "$(dirname "$0")"
        case "$*" in
          -version) echo version >>calls; cat version; exit 0 ;;
          *-encoders*) echo encoders >>calls; cat encoders; exit 0 ;;
        esac
        while [ "$1" != "-c:v" ]; do shift; done
        echo "begin $2" >>calls
        [ -f hang ] && exec sleep 60
        [ -f slow ] && sleep 0.1
        echo "end $2" >>calls
        if [ -f "refuse-$2" ]; then cat "refuse-$2" >&2; exit 1; fi
        cat frames
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fake-ffmpeg-");

    public FakeFFmpeg(params string[] encoders)
    {
        File.WriteAllText(Program, Script + "\n");
        File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Write("calls", "");
        Write("encoders", "Encoders:\n V..... = Video\n ------\n");
        foreach (var name in encoders)
            File.AppendAllText(InFolder("encoders"), $" V....D {name, -20} Encoder {name} (codec h264)\n");
        SetVersion("1.0");
        SetFrames(12);
    }

    public string Program => InFolder("ffmpeg");

    public string CacheFile => InFolder("cache/encoders.json");

    public IReadOnlyList<string> Calls => File.ReadAllLines(InFolder("calls"));

    /// <summary>Names in the order of their trials.</summary>
    public IReadOnlyList<string> Trials =>
        [.. Calls.Where(c => c.StartsWith("begin ", StringComparison.Ordinal)).Select(c => c[6..]).Order()];

    public void SetVersion(string version) =>
        Write("version", $"ffmpeg version {version} Copyright (c)\nbuilt with cc\n");

    public void SetVersionOutput(string text) => Write("version", text);

    /// <summary>What a trial that succeeds writes.</summary>
    public void SetFrames(int count, bool header = true) =>
        Write(
            "frames",
            (header ? "#extradata 0:       43, 0x07c60d38\n" : "")
                + "#tb 0: 1/60\n"
                + string.Concat(Enumerable.Range(0, count).Select(i => $"0, {i}, {i}, 1, 41247, 0x1c8daad3\n"))
        );

    public void Refuse(string encoder, string error) => Write($"refuse-{encoder}", error + "\n");

    public void Accept(string encoder) => File.Delete(InFolder($"refuse-{encoder}"));

    public void Slow() => Write("slow", "");

    public void Hang() => Write("hang", "");

    public void ForgetCalls() => Write("calls", "");

    /// <summary>As a package upgrade does: another file under the same name.</summary>
    public void Replace(string version)
    {
        SetVersion(version);
        File.AppendAllText(Program, "# " + version + "\n");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string text) => File.WriteAllText(InFolder(name), text);
}
