using Microsoft.Playwright;

namespace ShortsDaemon.IntegrationTests.Web.Browser;

/// <summary>Somebody with a browser in the room. What the browser complains about is kept.</summary>
internal sealed class Visit : IAsyncDisposable
{
    public static readonly ViewportSize Phone = new() { Width = 390, Height = 844 };

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => Note(message.Type == "error", message.Text);
        page.PageError += (_, error) => Note(true, error);
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, refused content, missing files.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
                return [.. _complaints];
        }
    }

    public static async Task<Visit> BeginAsync(Room room, BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.BaseURL = room.Address.ToString();
        var context = await OneChromium.Get().NewContextAsync(options);
        context.SetDefaultTimeout(OneChromium.Patience);
        await context.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', (e) => console.error('refused: ' + e.violatedDirective))"
        );
        return new Visit(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Note(bool isComplaint, string text)
    {
        if (isComplaint)
            lock (_complaints)
                _complaints.Add(text);
    }
}
