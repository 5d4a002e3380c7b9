using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Configuration.Reading;
using static ShortsDaemon.Tests.Configuration.ConfigurationSandbox;

namespace ShortsDaemon.Tests.Configuration;

/// <summary>Holds docs/configuration.md against the option classes.</summary>
public sealed class ConfigurationReferenceTests
{
    private static readonly string Reference = File.ReadAllText(RepositoryFile("docs/configuration.md"));

    public sealed record Option(string Key, PropertyInfo Property, string? Default)
    {
        public override string ToString() => Key;
    }

    public static IEnumerable<Option> Options() => Of(new ShortsOptions(), "").DistinctBy(option => option.Key);

    [TestCaseSource(nameof(Options))]
    public void Every_option_has_a_row_with_its_default_and_limits(Option option)
    {
        var row = Rows().FirstOrDefault(line => line.StartsWith($"| `{option.Key}` |", StringComparison.Ordinal));

        Assert.That(row, Is.Not.Null, $"{option.Key} is missing in docs/configuration.md");
        var cells = row!.Split('|', StringSplitOptions.TrimEntries);
        Assert.That(cells[3], Is.EqualTo(option.Default), "the default");
        Assert.That(cells[4], Is.Not.Empty, "the meaning");
        Assert.That(cells[5], Is.Not.Empty, "the example");
        Assert.That(
            cells[2].Contains("**restart**"),
            Is.EqualTo(option.Property.IsDefined(typeof(NeedsRestartAttribute))),
            "whether it needs a restart"
        );
        foreach (var word in Limits(option.Property))
            Assert.That(cells[2], Does.Contain(word), "the limits");
    }

    [Test]
    public void Every_row_is_an_option()
    {
        var rows = Rows().Select(line => line.Split('`')[1]);

        Assert.That(rows, Is.EquivalentTo(Options().Select(option => option.Key)));
    }

    [Test]
    public void The_complete_example_is_valid()
    {
        using var box = new ConfigurationSandbox();
        var json = Reference.Split("```json")[1].Split("```")[0];

        var reading = box.ReadJson(json);

        Assert.That(reading.Problems, Is.Empty);
        Assert.That(reading.Options!.Channels.Values.Count(channel => channel.Enabled), Is.EqualTo(2));
    }

    /// <summary>The rows of the tables of keys, which are the ones with five columns.</summary>
    private static IEnumerable<string> Rows() =>
        Reference
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Split('|').Length == 7);

    private static IEnumerable<Option> Of(object target, string path) =>
        OptionProperties
            .Of(target.GetType())
            .SelectMany(property =>
                Of(property, OptionProperties.Join(path, property.Name), property.GetValue(target))
            );

    private static IEnumerable<Option> Of(PropertyInfo property, string key, object? value)
    {
        var type = property.PropertyType;
        if (Scalar.Is(type))
            return [new(key, property, Default(property, value))];
        if (OptionProperties.ElementOfDictionary(type) is { } named)
            return Classes(named).SelectMany(known => Of(Activator.CreateInstance(known)!, $"{key}:<name>"));
        if (OptionProperties.ElementOfList(type) is not { } element)
            return Of(value!, key);
        var entries = Scalar.Is(element)
            ? []
            : Classes(element).SelectMany(known => Of(Activator.CreateInstance(known)!, $"{key}:<n>"));
        // A list of sections has a row of its own only when an entry may also be plain.
        var plain = Scalar.Is(element) || element.IsDefined(typeof(ShortFormAttribute));
        return plain ? entries.Prepend(new(key, property, "none")) : entries;
    }

    private static IEnumerable<Type> Classes(Type type) => PlugIns.Of(type)?.Values ?? [type];

    private static string Default(PropertyInfo property, object? value)
    {
        // Line breaks as JSON writes them.
        var text = (Convert.ToString(value, CultureInfo.InvariantCulture) ?? "").Replace("\n", "\\n");
        if (text.Length > 0)
            return value is bool ? $"`{text.ToLowerInvariant()}`" : $"`{text}`";
        if (property.Name == "Name")
            return "the type";
        return property.IsDefined(typeof(RequiredAttribute)) || property.Name == "Type" ? "needed" : "none";
    }

    private static IEnumerable<string> Limits(PropertyInfo property)
    {
        if (property.PropertyType.IsEnum)
            return Enum.GetNames(property.PropertyType).Select(name => $"`{name}`");
        return property.GetCustomAttribute<System.ComponentModel.DataAnnotations.RangeAttribute>() is { } range
            ? [Limit(range.Minimum), Limit(range.Maximum)]
            : [];
    }

    private static string Limit(object limit) =>
        Convert
            .ToDecimal(limit, CultureInfo.InvariantCulture)
            .ToString("0.####", CultureInfo.InvariantCulture)
            .Replace('-', '−');
}
