namespace ShortsDaemon.Tests.Flow;

/// <summary>ffmpeg and ffprobe that answer the pipeline's calls in milliseconds, and misbehave once when the file "next" says so.</summary>
internal sealed class FakeMediaTools : IDisposable
{
    private const string Probe = """
        #!/bin/sh
        case "$*" in
          *short.mp4*) size='"width":1080,"height":1920' ;;
          *) size='"width":1920,"height":1080' ;;
        esac
        printf '{"streams":[{"index":0,"codec_type":"video","codec_name":"h264",%s,"sample_aspect_ratio":"1:1","pix_fmt":"yuv420p","color_primaries":"bt709","color_transfer":"bt709","color_space":"bt709","color_range":"tv","r_frame_rate":"30/1","avg_frame_rate":"30/1","duration":"5.0"},{"index":1,"codec_type":"audio","codec_name":"aac","sample_rate":"48000","channels":2,"duration":"5.0"}],"format":{"format_name":"mov","duration":"5.0","size":"100"}}\n' "$size"
        """;

    private const string Encode = """
        #!/bin/sh
        here="${0%/*}"
        case "$*" in
          -version) echo "ffmpeg version 1.0"; exit 0 ;;
          *-encoders*) printf 'Encoders:\n V....D libx264              x\n'; exit 0 ;;
          *framecrc*)
            echo "#extradata 0:       43, 0x07c60d38"
            for i in 0 1 2 3 4 5 6 7 8 9 10 11; do echo "0, $i, $i, 1, 41247, 0x1c8daad3"; done
            exit 0 ;;
          *320x180*) for last; do :; done; echo canary >"$last"; exit 0 ;;
        esac
        if [ -f "$here/next" ]; then
          read -r mode <"$here/next"; rm "$here/next"
          case $mode in
            ToolCrash) kill -s SEGV $$ ;;
            ToolRefuse) echo "x: Invalid data found when processing input" >&2; exit 1 ;;
            ToolDiskFull) echo "av_interleaved_write_frame(): No space left on device" >&2; exit 1 ;;
          esac
        fi
        case "$*" in
          *part-short.mp4*)
            frames=150
            case "$*" in *fps=24*) frames=120 ;; esac
            for a; do
              case $a in
                file:*/source) source="${a#file:}" ;;
                file:*part-short.mp4) video="${a#file:}" ;;
                file:*part-thumbnail.jpg) thumbnail="${a#file:}" ;;
                file:*part-thumbnail.wide.jpg) wide="${a#file:}" ;;
              esac
            done
            read -r words <"$source" || exit 1
            printf '\000\000\000\010moov\000\000\000\010mdat%s made %s' "$words" "$$" >"$video" || exit 1
            echo picture >"$thumbnail" || exit 1
            echo picture >"$wide" || exit 1
            printf 'frame=%s\nout_time_us=5000000\nspeed=9x\nprogress=end\n' $frames ;;
          *short.mp4*) printf '[Parsed_ebur128_1 @ 0x1] [info] Summary:\n    I:         -14.0 LUFS\n    Peak:       -1.5 dBFS\n' >&2 ;;
          *) printf '[Parsed_ebur128_1 @ 0x1] Summary:\n    I:         -20.0 LUFS\n    LRA:         6.0 LU\n    Peak:      -10.0 dBFS\n' >&2 ;;
        esac
        """;

    private readonly TestFolder _folder = new();

    public FakeMediaTools()
    {
        Write(FFmpeg, Encode);
        Write(FFprobe, Probe);
    }

    public string Folder => _folder.Root;

    public string FFmpeg => _folder["ffmpeg"];

    public string FFprobe => _folder["ffprobe"];

    /// <param name="mode">What the next call but the trial does: ToolRefuse, ToolCrash, ToolDiskFull.</param>
    public void Misbehave(string mode) => File.WriteAllText(_folder["next"], mode + "\n");

    public void Behave() => File.Delete(_folder["next"]);

    public void Dispose() => _folder.Dispose();

    private static void Write(string path, string script)
    {
        File.WriteAllText(path, script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
