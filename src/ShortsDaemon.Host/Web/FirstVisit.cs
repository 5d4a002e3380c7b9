namespace ShortsDaemon.Host.Web;

/// <summary>
/// Sets the control room up when somebody comes to it. Most boxes are looked at rarely: until then they do without the
/// memory of its pages, see docs/performance.md.
/// </summary>
/// <param name="app">Whose services it uses.</param>
/// <param name="furnish">What a request goes through.</param>
internal sealed class FirstVisit(IApplicationBuilder app, Action<IApplicationBuilder> furnish)
{
    private readonly Lazy<RequestDelegate> _room = new(() =>
    {
        var branch = app.New();
        furnish(branch);
        return branch.Build();
    });

    /// <summary>Answers the request; the first one waits for the set-up.</summary>
    public Task VisitAsync(HttpContext http) => _room.Value(http);
}
