using Microsoft.Extensions.DependencyInjection;

namespace ShortsDaemon.Pipeline.Disk;

public static class DiskSetUp
{
    public static IServiceCollection AddDisk(this IServiceCollection services) =>
        services.AddSingleton<ReadRoom>(DiskRoom.Of).AddSingleton<DiskGuard>().AddSingleton<DiskWatch>();
}
