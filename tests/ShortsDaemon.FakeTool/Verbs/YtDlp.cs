using System.Diagnostics;
using System.Text.Json;

namespace ShortsDaemon.FakeTool.Verbs;

/// <summary>Plays yt-dlp: says what the real one said, and lays a file where it is told to.</summary>
internal static class YtDlp
{
    private const string Begun =
        """{"status":"downloading","downloaded_bytes":1024,"total_bytes":39682738,"tmpfilename":"a.mp4.part","filename":"a.mp4","eta":null,"speed":null,"elapsed":0.0026}""";

    private static readonly string[] Old =
    [
        "PROG " + Begun,
        """PROG {"status":"downloading","downloaded_bytes":8383827,"total_bytes":39682738,"tmpfilename":"a.mp4.part","filename":"a.mp4","eta":2,"speed":12582912.1,"elapsed":0.71,"_eta_str":"00:02"}""",
        """PROG {"downloaded_bytes":39682738,"total_bytes":39682738,"filename":"a.mp4","status":"finished","elapsed":3.1,"_total_bytes_str":"  37.84MiB"}""",
    ];

    private static readonly string[] New =
    [
        """PROG {"status":"downloading","downloaded_bytes":1024,"fragment_index":0,"fragment_count":6,"filename":"a.mp4","tmpfilename":"a.mp4.part","total_bytes_estimate":6144.0,"speed":null,"elapsed":0.3,"eta":null,"_percent":16.6}""",
        """PROG {"status":"downloading","downloaded_bytes":900000,"fragment_index":3,"fragment_count":6,"filename":"a.mp4","total_bytes_estimate":1800000.0,"speed":1e6,"eta":1}""",
        """PROG {"downloaded_bytes":1800000,"total_bytes":1800000,"filename":"a.mp4","status":"finished"}""",
    ];

    public static async Task<int> PlayAsync(string role, IReadOnlyList<string> arguments)
    {
        var folder = arguments[arguments.ToList().IndexOf("-P") + 1];
        var file = Path.Combine(folder, "a.mp4");
        File.WriteAllLines(Path.Combine(folder, "arguments"), arguments);
        switch (role)
        {
            case "old":
                return await FinishAsync(file, Old);
            case "new":
                return await FinishAsync(file, New);
            case "unfinished":
                Say(New[..1]);
                return 0;
            case "outside":
                Say(["DONE \"/etc/hostname\""]);
                return 0;
            case "empty":
                File.WriteAllText(file, "");
                Say(["DONE " + JsonSerializer.Serialize(file)]);
                return 0;
            case "huge":
                Say(["""PROG {"status":"downloading","downloaded_bytes":1024,"total_bytes":5368709120}"""]);
                return await HangAsync();
            case "endless":
                Say(["""PROG {"status":"downloading","downloaded_bytes":5368709120}"""]);
                return await HangAsync();
            case "drip":
                return await DripAsync();
            case "child":
                return await WithChildAsync(folder);
            case "resume":
                return await ResumeAsync(folder, file);
            default:
                return await HangAsync();
        }
    }

    private static async Task<int> FinishAsync(string file, string[] lines)
    {
        Say(lines);
        await File.WriteAllTextAsync(file, "a clip");
        Say(["DONE " + JsonSerializer.Serialize(file)]);
        return 0;
    }

    /// <summary>Moves on, but far too slowly.</summary>
    private static async Task<int> DripAsync()
    {
        for (var bytes = 1; ; bytes++)
        {
            Console.WriteLine($$"""PROG {"status":"downloading","downloaded_bytes":{{bytes}}}""");
            await Task.Delay(20);
        }
    }

    private static async Task<int> WithChildAsync(string folder)
    {
        using var child = Process.Start(new ProcessStartInfo("sleep", ["60"]))!;
        await File.WriteAllTextAsync(Path.Combine(folder, "child"), $"{child.Id}");
        return await HangAsync();
    }

    /// <summary>Loses its connection in the middle, and goes on from there when it is called again.</summary>
    private static async Task<int> ResumeAsync(string folder, string file)
    {
        var part = Path.Combine(folder, "a.mp4.part");
        if (File.Exists(part))
        {
            File.Move(part, file);
            await File.AppendAllTextAsync(file, " clip");
            Say(["DONE " + JsonSerializer.Serialize(file)]);
            return 0;
        }
        await File.WriteAllTextAsync(part, "a");
        return Ending.Exit("1", "ERROR: unable to download video data: The read operation timed out");
    }

    private static async Task<int> HangAsync()
    {
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static void Say(string[] lines)
    {
        foreach (var line in lines)
            Console.WriteLine(line);
    }
}
