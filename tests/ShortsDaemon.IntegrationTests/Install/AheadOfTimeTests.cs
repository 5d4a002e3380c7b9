using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using NUnit.Framework;

namespace ShortsDaemon.IntegrationTests.Install;

public sealed class AheadOfTimeTests
{
    [TestCase("Microsoft.EntityFrameworkCore")]
    [TestCase("Microsoft.EntityFrameworkCore.Relational")]
    [TestCase("Quartz")]
    [TestCase("ShortsDaemon")]
    [TestCase("ShortsDaemon.Pipeline")]
    public void What_a_start_spends_most_time_on_is_compiled_for_this_machine(string library)
    {
        if (!RuntimeInformation.RuntimeIdentifier.StartsWith("linux-x64", StringComparison.Ordinal))
            Assert.Ignore("the compiler was tried on Linux x64 only");
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, library + ".dll"));
        using var reader = new PEReader(file);

        Assert.That(reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size, Is.Positive);
    }
}
