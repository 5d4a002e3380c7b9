using Microsoft.Data.Sqlite;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>The system's SQLite is used, so its version is the system's business.</summary>
internal sealed class SqliteCheck : QuickCheck
{
    private static readonly Version Oldest = new(3, 38);

    public override string Name => "sqlite";

    protected override IEnumerable<DoctorLine> Look(Patient patient)
    {
        yield return Look();
    }

    private DoctorLine Look()
    {
        const string Mend = "Install or update it, for instance: apt-get install libsqlite3-0";
        try
        {
            using var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            return Version.Parse(connection.ServerVersion) >= Oldest
                ? Ok($"libsqlite3 {connection.ServerVersion}")
                : Fail($"libsqlite3 is {connection.ServerVersion}; {Oldest} or newer is needed", Mend);
        }
        catch (Exception e) when (e.GetBaseException() is DllNotFoundException)
        {
            return Fail("libsqlite3 was not found", Mend);
        }
    }
}
