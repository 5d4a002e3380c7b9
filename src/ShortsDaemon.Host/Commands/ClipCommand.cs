using System.CommandLine;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Gate;
using ShortsDaemon.Pipeline.Render;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>One Short from one file, now, without database and daemon.</summary>
internal static class ClipCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "The recording." };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "The Short to write; its thumbnails go beside it. Default: FILE-short.mp4 in the current folder.",
        HelpName = "OUT.mp4",
    };

    private static readonly Option<string?> Channel = new("--channel")
    {
        Description = "Makes it as this channel does: layout, texts, captions, music, length, loudness.",
        HelpName = "NAME",
    };

    private static readonly Option<LayoutName?> Layout = new("--layout")
    {
        Description = "How the picture fills the frame. Default: as the channel has it, else BlurredBackdrop.",
    };

    private static readonly Option<bool> Overlay = new("--overlay")
    {
        Description = "Draws what the platforms cover (red) and the places of texts (green), for a look.",
    };

    private static readonly Option<string?> ThumbnailText = new("--thumbnail-text")
    {
        Description = "Large text on both thumbnails. Default: as the channel has it, else none.",
        HelpName = "TEXT",
    };

    private static readonly Option<FacecamOptions?> Facecam = FacecamArgument.Create();

    private static readonly Option<bool> Force = new("--force")
    {
        Description = "Overwrites OUT.mp4 and its thumbnails.",
    };
    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create()
    {
        var command = new Command("clip", "Makes one Short from one file, now.")
        {
            File,
            Output,
            Channel,
            Layout,
            Overlay,
            ThumbnailText,
            Facecam,
            Force,
            Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (LoadedConfiguration.Load(parsed) is not { } configuration)
            return ExitCode.Usage;
        var source = parsed.GetRequiredValue(File);
        var video = Path.GetFullPath(
            parsed.GetValue(Output) ?? Path.GetFileNameWithoutExtension(source) + "-short.mp4"
        );
        var thumbnail = Path.ChangeExtension(video, ".jpg");
        if (WrongWith(source, video, thumbnail, parsed.GetValue(Force)) is { } wrong)
            return await SayAsync(ExitCode.Usage, wrong);
        if (LookOf(parsed, configuration) is not { } render)
            return await SayAsync(
                ExitCode.Usage,
                $"There is no channel '{parsed.GetValue(Channel)}'; there is {string.Join(", ", configuration.Live.Value.Channels.Keys)}."
            );
        await using var services = CommandServices.Build(configuration, toFile: false);
        try
        {
            var work = new ClipWork(services, configuration.Live.Value.Encoding, quiet: parsed.GetValue(Json))
            {
                ShowZones = parsed.GetValue(Overlay),
            };
            var (made, studied, inspection) = await work.MakeAsync(source, video, thumbnail, render, cancel);
            return Report(video, made, studied, inspection, parsed.GetValue(Json));
        }
        catch (RefusedMediaException e)
        {
            return await SayAsync(ExitCode.Refused, $"'{source}' is refused: {e.Message}");
        }
        catch (FileNotFoundException)
        {
            return await SayAsync(ExitCode.Refused, $"'{source}' does not exist.");
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ProcessFailedException or NoEncoderException)
        {
            return await SayAsync(ExitCode.Failed, e.Message);
        }
        catch (OperationCanceledException)
        {
            return await SayAsync(ExitCode.Failed, "Cancelled; nothing was written.");
        }
    }

    /// <returns>Null: there is no such channel.</returns>
    private static RenderOptions? LookOf(ParseResult parsed, LoadedConfiguration configuration)
    {
        var look = parsed.GetValue(Channel) is { } name
            ? configuration.Live.Value.Channels.GetValueOrDefault(name)?.Render
            : new RenderOptions();
        if (look is null)
            return null;
        return look with
        {
            Layout = parsed.GetValue(Layout) ?? look.Layout,
            Facecam = parsed.GetValue(Facecam) ?? look.Facecam,
            ThumbnailText = parsed.GetValue(ThumbnailText) is { } text ? AsTemplate(text) : look.ThumbnailText,
        };
    }

    // What is given here is the text itself.
    private static string AsTemplate(string text) =>
        text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    // Three files are written, and the recording itself is never one of them.
    private static string? WrongWith(string source, string video, string thumbnail, bool force)
    {
        if (!Path.GetExtension(video).Equals(".mp4", StringComparison.OrdinalIgnoreCase))
            return $"'{video}' does not end in .mp4; a Short is an MP4 file.";
        if (video == Path.GetFullPath(source))
            return $"'{video}' is the recording itself; choose another name with -o.";
        return
            new[] { video, thumbnail, ShortRequest.WideOf(thumbnail) }.FirstOrDefault(System.IO.File.Exists)
                is { } present
            && !force
            ? $"'{present}' exists; --force overwrites it."
            : null;
    }

    private static int Report(string video, MadeShort made, Studied studied, Inspection inspection, bool json)
    {
        string?[] reasons = [studied.Cut?.Reason, studied.Thumbnail?.Reason];
        var (checks, score) = (inspection.Checks, QualityScore.Of(inspection.Quality));
        var passed = checks.All(check => check.Passed);
        if (json)
            JsonOutput.Write(
                new
                {
                    Short = passed ? video : null,
                    Layout = made.Layout.ToString(),
                    made.LayoutReason,
                    made.Encoder,
                    LengthSeconds = made.Length.TotalSeconds,
                    EncodeSeconds = made.EncodeTime.TotalSeconds,
                    Cut = studied.Cut?.Reason,
                    Thumbnail = studied.Thumbnail?.Reason,
                    Score = score,
                    inspection.Quality,
                    Checks = checks,
                }
            );
        else if (passed)
            Console.WriteLine(
                $"{video}: {made.Length.TotalSeconds:0.0} s by {made.Encoder} in {made.EncodeTime.TotalSeconds:0.0} s, {string.Join(". ", [LayoutWords(made), .. reasons.OfType<string>()])}"
            );
        foreach (var check in checks.Where(check => !check.Passed))
            Console.Error.WriteLine($"The Short did not pass {check.Check}: {check.Finding}");
        return passed ? ExitCode.Done : ExitCode.Refused;
    }

    private static string LayoutWords(MadeShort made) =>
        made.LayoutReason is { } reason ? $"layout {made.Layout}: {reason}" : $"layout {made.Layout}";

    private static async Task<int> SayAsync(int exitCode, string message)
    {
        await Console.Error.WriteLineAsync(message);
        return exitCode;
    }
}
