using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.Faults;

/// <summary>What goes wrong, and at which call. Safe to change while the world runs.</summary>
public sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private readonly List<PlannedFault> _planned = [];
    private readonly IReadOnlyCollection<string> _operations;

    /// <param name="operations">Names of all routes, to find misspelled rules.</param>
    internal FaultPlan(IReadOnlyCollection<string> operations) => _operations = operations;

    /// <summary>Every rule, and how often it has met a call.</summary>
    public IReadOnlyList<(FaultRule Rule, int Met)> Rules
    {
        get
        {
            lock (_lock)
                return [.. _planned.Select(fault => (fault.Rule, fault.Met))];
        }
    }

    /// <exception cref="FaultScriptException">The rule makes no sense.</exception>
    public void Add(string call, string action, int from = 1, int times = 1) =>
        Add(new FaultRule(call, action) { From = from, Times = times });

    /// <summary>Adds rules: all of them or, when one makes no sense, none. Where several meet a call, the first does.</summary>
    /// <exception cref="FaultScriptException">A rule makes no sense.</exception>
    public void Add(params IReadOnlyList<FaultRule> rules)
    {
        var planned = rules.Select(Plan).ToList();
        lock (_lock)
            _planned.AddRange(planned);
    }

    /// <summary>Adds the rules of a fault script.</summary>
    /// <exception cref="FaultScriptException">With the file, each line that is wrong, and how to mend it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Load(string file) => AddScript(File.ReadAllBytes(file), Path.GetFileName(file));

    /// <summary>From now on everything works.</summary>
    public void Clear()
    {
        lock (_lock)
            _planned.Clear();
    }

    internal int AddScript(byte[] json, string name)
    {
        var rules = FaultScript.Read(json, name, Problem);
        Add(rules);
        return rules.Count;
    }

    internal Task ApplyAsync(HttpContext http, RequestDelegate next)
    {
        if (http.OperationName().StartsWith("world.", StringComparison.Ordinal) || TakeDue(http) is not { } fault)
            return next(http);
        http.Features.Get<Call>()?.Fault = fault.Rule.Do;
        return fault.Action.ApplyAsync(http, next);
    }

    private PlannedFault? TakeDue(HttpContext http)
    {
        var (operation, target) = (http.OperationName(), http.Request.Path + http.Request.QueryString.ToString());
        lock (_lock)
        {
            // Every rule counts the call, also those that come too late to meet it.
            var due = _planned.Where(fault => fault.Rule.Meets(operation, target)).ToList().FindAll(f => f.CountsDue());
            if (due.Count == 0)
                return null;
            due[0].Met++;
            return due[0];
        }
    }

    private PlannedFault Plan(FaultRule rule) =>
        Problem(rule) is { } problem
            ? throw new FaultScriptException($"The fault for '{rule.Call}' makes no sense: {problem}")
            : new PlannedFault(rule, FaultActions.Of(rule));

    private string? Problem(FaultRule rule) =>
        _operations.Any(rule.Covers)
            ? FaultActions.Problem(rule)
            : $"there is no call '{rule.Call}'; take one of {string.Join(", ", _operations.Order(StringComparer.Ordinal))}, or a beginning with *";

    private sealed class PlannedFault(FaultRule rule, FaultAction action)
    {
        private int _calls;

        public FaultRule Rule => rule;
        public FaultAction Action => action;
        public int Met { get; set; }

        public bool CountsDue() => rule.IsDue(++_calls);
    }
}
