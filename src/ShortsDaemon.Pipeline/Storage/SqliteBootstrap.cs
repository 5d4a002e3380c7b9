using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using SQLitePCL;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>Joins EF Core 10 with SQLitePCLRaw 2.0.6 and the system's SQLite; see docs/decisions/ef-core-on-system-sqlite.md.</summary>
internal static class SqliteBootstrap
{
#pragma warning disable CA2255 // has to run before the first connection of whoever loads this assembly
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Initialise()
    {
        // Microsoft.Data.Sqlite asks for 2.1; asked again without a version, the loader binds the one that is here.
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
            name.Name == "SQLitePCLRaw.core" && name.Version is not null
                ? context.LoadFromAssemblyName(new AssemblyName("SQLitePCLRaw.core"))
                : null;
        UseSystemLibrary();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UseSystemLibrary()
    {
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly,
            static (library, assembly, search) =>
                library == "e_sqlite3"
                && !NativeLibrary.TryLoad(library, assembly, search, out _)
                && NativeLibrary.TryLoad(SystemLibrary, out var handle)
                    ? handle
                    : 0
        );
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
    }

    private static string SystemLibrary => OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0";
}
