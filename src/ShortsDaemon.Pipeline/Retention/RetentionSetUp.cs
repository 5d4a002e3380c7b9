using Microsoft.Extensions.DependencyInjection;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Retention;

public static class RetentionSetUp
{
    /// <summary>Every kind of thing that is cleared away has its line here.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services) =>
        services
            .AddSingleton<IRetentionRule, LogFilesRule>()
            .AddSingleton<IRetentionRule, ServiceOutputRule>()
            .AddSingleton<IRetentionRule, WorkFoldersRule>()
            .AddSingleton<IRetentionRule, PreviewsRule>()
            .AddSingleton<IRetentionRule, UploadsRule>()
            .AddSingleton<IRetentionRule, OutboxRule>()
            .AddSingleton<IRetentionRule, ArchiveRule>()
            .AddSingleton<IRetentionRule, StoryRule>()
            .AddSingleton<IRetentionRule, ItemsRule>()
            .AddSingleton<IRetentionRule, RunsRule>()
            .AddSingleton(s => new Prune(s.GetServices<IRetentionRule>(), s.GetRequiredService<LiveOptions>()));
}
