using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Storage;

internal sealed class CompiledModelTests
{
    private const string Mend =
        "The model has changed. Bring the compiled one up to date, see docs/decisions/ahead-of-time.md.";

    private ShortsDb _db = null!;

    [SetUp]
    public void Open()
    {
        var options = new DbContextOptionsBuilder<ShortsDb>();
        options.UseShorts("Data Source=:memory:");
        _db = new ShortsDb(options.Options);
    }

    [TearDown]
    public void CleanUp() => _db.Dispose();

    [Test]
    public void It_is_used() => Assert.That(_db.Model, Is.InstanceOf<RuntimeModel>());

    [Test]
    public void It_is_the_model_that_the_code_describes()
    {
        var described = _db.GetService<IDesignTimeModel>().Model;
        Assert.That(_db.Model.ToDebugString(), Is.EqualTo(described.ToDebugString()), Mend);
        Assert.That(Columns(_db.Model), Is.EqualTo(Columns(described)), Mend);
    }

    private static IEnumerable<string> Columns(IModel model) =>
        from entity in model.GetEntityTypes()
        from property in entity.GetProperties()
        let mapping = property.GetTypeMapping()
        select $"{entity.GetTableName()}.{property.GetColumnName()}: {mapping.Converter?.GetType()} {property.IsConcurrencyToken} {entity.GetContainerColumnName()}";
}
