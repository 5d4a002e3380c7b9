using ShortsDaemon.Benchmarks;

// dotnet run -c Release --project tests/ShortsDaemon.Benchmarks [item] [twenty] [start] [thousand] [broadcasters] [million] [backup] [health] [look] [render] [lanes] [duplicates]
if (args is [HealthPolling.EmptyServer, var address])
{
    await HealthPolling.ServeEmptyAsync(address);
    return 0;
}
if (args is [RenderAlone.Verb, var source, var layout, var video, var data])
{
    await RenderAlone.RunAsync(source, layout, video, data);
    return 0;
}
Dictionary<string, Func<Workbench, Task>> all = new(StringComparer.Ordinal)
{
    ["item"] = WholeItem.RunAsync,
    ["twenty"] = TwentyItems.RunAsync,
    ["start"] = Starting.RunAsync,
    ["thousand"] = ThousandItems.RunAsync,
    ["broadcasters"] = ThousandBroadcasters.RunAsync,
    ["million"] = MillionItems.RunAsync,
    ["backup"] = BackupOfMillion.RunAsync,
    ["health"] = HealthPolling.RunAsync,
    ["look"] = LookingCost.RunAsync,
    ["render"] = RenderedShort.RunAsync,
    ["lanes"] = LaneWidths.RunAsync,
    ["duplicates"] = Duplicates.RunAsync,
};
var unknown = args.Where(name => !all.ContainsKey(name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"There is no {string.Join(", ", unknown)}; there are: {string.Join(", ", all.Keys)}.");
    return 2;
}
using var bench = new Workbench();
foreach (var name in args.Length > 0 ? args : [.. all.Keys])
    await all[name](bench);
return 0;
