// A real program in place of process mocks. One verb per kind of behaviour; `FakeTool VERB [ARGUMENTS]`.
using ShortsDaemon.FakeTool.Verbs;

const string Usage = """
    sleep SECONDS                 prints "ready", sleeps, prints "done"
    ignore-signals SECONDS        as sleep, but ignores SIGTERM and SIGINT
    finish-on-signal FILE         prints "ready"; writes FILE and exits 0 on SIGTERM or SIGINT
    read-quit FILE                prints "ready"; writes FILE and exits 0 when q arrives on standard input
    flood lines|stderr MB         writes that much text to one stream
    flood endless MB              one line of that length, without a line end
    half-line TEXT                writes TEXT without a line end and exits
    progress COUNT [PAUSE_MS]     prints "frame=N" COUNT times, then stalls for ever
    close-pipes FILE              closes its standard streams, goes on for half a second, writes FILE
    fork-child stay|leave [WAY]   starts a child that sleeps for a minute and prints "child=PID"; then stays, or exits 0.
                                  WAY: holds (default, keeps the pipes), quiet (closed them), escapes (in a session of its own)
    exit CODE [TEXT]              TEXT to standard error, ends with CODE
    kill-self SIGNAL              dies of the signal
    echo-args ARGUMENTS           each argument on a line
    echo-env NAME                 "NAME=value", or "NAME is not set"
    save-env FILE NAME ARGUMENTS  writes the variable's value and then each argument on a line into FILE
    yt-dlp ROLE ARGUMENTS         plays yt-dlp: old, new, unfinished, outside, empty, huge, endless, drip, child, resume, hang
    """;

return args switch
{
    ["sleep", var seconds] => await Waiting.SleepAsync(seconds),
    ["ignore-signals", var seconds] => await Waiting.IgnoreSignalsAsync(seconds),
    ["finish-on-signal", var file] => await Waiting.FinishOnSignalAsync(file),
    ["read-quit", var file] => Waiting.ReadQuit(file),
    ["flood", var kind, var megabytes] => Writing.Flood(kind, megabytes),
    ["half-line", var text] => Writing.HalfLine(text),
    ["progress", var count] => await Writing.ProgressAsync(count, "10"),
    ["progress", var count, var pause] => await Writing.ProgressAsync(count, pause),
    ["close-pipes", var file] => await Streams.ClosePipesAsync(file),
    ["fork-child", var after] => await Children.ForkAsync(after, "holds"),
    ["fork-child", var after, var way] => await Children.ForkAsync(after, way),
    ["exit", var code] => Ending.Exit(code, ""),
    ["exit", var code, var text] => Ending.Exit(code, text),
    ["kill-self", var signal] => await Ending.KillSelfAsync(signal),
    ["echo-args", .. var rest] => Writing.EchoArguments(rest),
    ["save-env", var file, var name, .. var rest] => Writing.SaveVariable(file, name, rest),
    ["yt-dlp", var role, .. var rest] => await YtDlp.PlayAsync(role, rest),
    ["echo-env", var name] => Writing.EchoVariable(name),
    _ => Writing.Complain(Usage),
};
