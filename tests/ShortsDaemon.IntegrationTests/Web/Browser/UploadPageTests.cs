using Microsoft.Playwright;
using NUnit.Framework;
using ShortsDaemon.IntegrationTests.Web.Channels;
using ShortsDaemon.IntegrationTests.Web.Shorts;
using static Microsoft.Playwright.Assertions;

namespace ShortsDaemon.IntegrationTests.Web.Browser;

/// <summary>Uploading with the script of the page.</summary>
public sealed class UploadPageTests
{
    [Test]
    public async Task An_upload_whose_connection_breaks_goes_on_and_ends_in_the_inbox()
    {
        OneChromium.Get();
        await using var room = await Room.OpenAsync();
        room.TakeUploads();
        var bytes = await RoomUploads.RecordingAsync();
        await using var visit = await Visit.BeginAsync(room);
        var pieces = 0;
        await visit.Page.RouteAsync(
            "**/api/v1/uploads/*",
            route =>
                route.Request.Method == "PATCH" && ++pieces == 2
                    ? route.AbortAsync("connectionreset")
                    : route.ContinueAsync()
        );
        await visit.Page.GotoAsync("/channels/main");
        // Some pieces instead of one.
        await visit.Page.EvalOnSelectorAsync(
            "form[data-chunk]",
            $"form => form.dataset.chunk = {bytes.Length / 3 + 1}"
        );

        await visit
            .Page.Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "upload.mp4",
                    MimeType = "video/mp4",
                    Buffer = bytes,
                }
            );
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();

        await Expect(visit.Page.GetByText("It is tried again in 1 s")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("It has arrived")).ToBeVisibleAsync();
        Assert.That(pieces, Is.EqualTo(4), "three pieces, one of them twice");
        Assert.That(await File.ReadAllBytesAsync(Path.Combine(room.Inbox(), "upload.mp4")), Is.EqualTo(bytes));
        Assert.That(await visit.Page.EvaluateAsync<int>("() => localStorage.length"), Is.Zero);
    }
}
