using Microsoft.AspNetCore.Http.HttpResults;

namespace ShortsDaemon.Host.Web.Calendar;

/// <summary>What was published on which day, and what is to be.</summary>
internal static class CalendarSetUp
{
    public static IServiceCollection AddCalendar(this IServiceCollection services) =>
        services.AddSingleton<CalendarReader>();

    public static void MapCalendar(this IEndpointRouteBuilder room) => room.MapGet("/calendar", ShowAsync);

    private static async Task<RazorComponentResult> ShowAsync(
        HttpRequest request,
        CalendarReader calendar,
        CancellationToken cancel
    ) => new RazorComponentResult<CalendarPage>(new { Reading = await calendar.ReadAsync(request.Query, cancel) });
}
