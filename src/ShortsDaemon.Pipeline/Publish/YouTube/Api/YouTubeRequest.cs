using Google.Apis.Discovery;
using Google.Apis.Requests;
using Google.Apis.Services;
using Google.Apis.Util;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Api;

/// <summary>One call of the API: JSON in, JSON out.</summary>
internal sealed class YouTubeRequest<T> : ClientServiceRequest<T>
{
    private readonly object? _body;

    public YouTubeRequest(
        IClientService service,
        string method,
        string path,
        IReadOnlyList<KeyValuePair<string, string>> query,
        object? body
    )
        : base(service)
    {
        (HttpMethod, RestPath, Query, _body) = (method, path, query, body);
        InitParameters();
        // The library refuses to send what is not declared.
        foreach (var (name, _) in query)
            RequestParameters.Add(name, new Parameter { Name = name, ParameterType = "query" });
    }

    public override string MethodName => RestPath;
    public override string HttpMethod { get; }
    public override string RestPath { get; }

    [RequestParameter("query", RequestParameterType.UserDefinedQueries)]
    public IEnumerable<KeyValuePair<string, string>> Query { get; }

    protected override object? GetBody() => _body;
}
