using System.Xml;
using System.Xml.Linq;

namespace ShortsDaemon.Host.Install;

/// <summary>launchd of macOS, for one user.</summary>
/// <param name="home">The user's home directory.</param>
/// <param name="run">Runs launchctl and its like.</param>
/// <param name="say">Tells what is done.</param>
internal sealed class LaunchdService(string home, RunTool run, Action<string> say) : IService
{
    private const string Label = "shortsdaemon";

    public string Words => "launchd runs it while this user is logged in, and starts it again however it ends.";

    public string Hint => $"'{Output}'";

    private string List => Path.Combine(home, "Library/LaunchAgents", Label + ".plist");
    private string Output => Path.Combine(home, "Library/Logs/ShortsDaemon/service.log");

    public async Task SetUpAsync(ServiceRun service, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(List)!);
        Directory.CreateDirectory(Path.GetDirectoryName(Output)!);
        await File.WriteAllTextAsync(List, ListOf(service, Output), cancel);
        say($"Wrote {List}");
        await run.RequireAsync("launchctl", ["enable", await NameAsync(cancel)], cancel);
    }

    public async Task StartAsync(ServiceRun service, CancellationToken cancel)
    {
        await StopAsync(service, cancel);
        await run.RequireAsync("launchctl", ["bootstrap", await DomainAsync(cancel), List], cancel);
    }

    public async Task StopAsync(ServiceRun service, CancellationToken cancel)
    {
        var name = await NameAsync(cancel);
        if ((await run(new("launchctl", ["print", name]), cancel)).ExitCode == 0)
            await run.RequireAsync("launchctl", ["bootout", name], cancel);
    }

    public Task RemoveAsync(CancellationToken cancel)
    {
        File.Delete(List);
        say($"Removed {List}");
        return Task.CompletedTask;
    }

    /// <summary>The property list of deploy/launchd with the paths of an installation.</summary>
    internal static string ListOf(ServiceRun service, string output)
    {
        using var reader = XmlReader.Create(
            new StringReader(Shipped.Read("shortsdaemon.plist")),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, IgnoreWhitespace = true }
        );
        var list = XDocument.Load(reader);
        var keys = list.Root!.Element("dict")!;
        Value(keys, "ProgramArguments").ReplaceNodes(service.Line.Select(word => new XElement("string", word)));
        Value(keys, "StandardOutPath").Value = output;
        Value(keys, "StandardErrorPath").Value = output;
        if (service.Runtime is { } runtime)
            Value(keys, "EnvironmentVariables")
                .Add(new XElement("key", "DOTNET_ROOT"), new XElement("string", runtime));
        list.DescendantNodes().OfType<XComment>().Remove();
        list.AddFirst(
            new XDocumentType(
                "plist",
                "-//Apple//DTD PLIST 1.0//EN",
                "http://www.apple.com/DTDs/PropertyList-1.0.dtd",
                null
            )
        );
        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{list}\n";
    }

    private static XElement Value(XElement keys, string key) =>
        keys.Elements("key").Single(element => element.Value == key).ElementsAfterSelf().First();

    private async Task<string> DomainAsync(CancellationToken cancel) =>
        $"gui/{(await run.RequireAsync("id", ["-u"], cancel)).Trim()}";

    private async Task<string> NameAsync(CancellationToken cancel) => $"{await DomainAsync(cancel)}/{Label}";
}
