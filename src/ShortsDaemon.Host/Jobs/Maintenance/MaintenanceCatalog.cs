namespace ShortsDaemon.Host.Jobs.Maintenance;

/// <summary>All maintenance jobs by name.</summary>
internal sealed class MaintenanceCatalog(IEnumerable<IMaintenance> jobs)
{
    public IReadOnlyList<IMaintenance> All { get; } = [.. jobs.OrderBy(j => j.Name, StringComparer.Ordinal)];

    public IMaintenance? Find(string name) =>
        All.FirstOrDefault(j => j.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
