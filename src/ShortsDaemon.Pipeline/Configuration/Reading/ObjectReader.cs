using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace ShortsDaemon.Pipeline.Configuration.Reading;

/// <summary>Walks the sections against the option classes.</summary>
internal sealed class ObjectReader(
    LayeredConfiguration configuration,
    PlugInOptions plugIns,
    ValueReader values,
    ProblemList problems
)
{
    private readonly UnknownKeys _unknown = new(configuration, problems);

    /// <summary>Fills an object whose defaults are already in place from the section at <paramref name="path"/>.</summary>
    public void Fill(object target, IConfiguration section, string path)
    {
        var properties = OptionProperties.Of(target.GetType());
        _unknown.Report(section, path, properties);
        foreach (var property in properties)
            Fill(target, property, section.GetSection(property.Name), OptionProperties.Join(path, property.Name));
        OptionRules.Check(target, path, problems);
    }

    private void Fill(object target, PropertyInfo property, IConfigurationSection section, string key)
    {
        var type = property.PropertyType;
        if (Scalar.Is(type))
            FillValue(target, property, section, key);
        else if (OptionProperties.ElementOfList(type) is { } element)
            FillList(target, property, section, key, element);
        else if (OptionProperties.ElementOfDictionary(type) is { } named)
            FillDictionary(property.GetValue(target)!, section, key, named);
        else if (IsSection(section, key))
            Fill(property.GetValue(target)!, section, key);
    }

    private void FillValue(object target, PropertyInfo property, IConfigurationSection section, string key)
    {
        if (!IsPlain(section, key) || (section.Value ?? Default(target, property)) is not { } text)
            return;
        if (values.Read(key, text, property.PropertyType, property) is { } value)
            property.SetValue(target, value);
    }

    private bool IsPlain(IConfigurationSection section, string key)
    {
        if (!section.GetChildren().Any())
            return true;
        problems.Error(key, "this is a section or a list, but one plain value belongs here", "Write a plain value.");
        return false;
    }

    /// <summary>A default that is a path is made absolute as well; other defaults stay as they are.</summary>
    private static string? Default(object target, PropertyInfo property) =>
        property.IsDefined(typeof(RelativePathAttribute)) ? (string?)property.GetValue(target) : null;

    private void FillList(object target, PropertyInfo property, IConfigurationSection section, string key, Type element)
    {
        var entries = section.GetChildren().ToList();
        if (entries.Count == 0 && string.IsNullOrEmpty(section.Value))
            return;
        if (section.Value is { Length: > 0 } || entries.Any(entry => !entry.Key.All(char.IsAsciiDigit)))
        {
            problems.Error(key, "this is not a list", "Write it with square brackets: [ … ].");
            return;
        }
        var list = (System.Collections.IList)Activator.CreateInstance(property.PropertyType)!;
        foreach (var entry in entries)
            if (Entry(entry, OptionProperties.Join(key, entry.Key), element, property) is { } value)
                list.Add(value);
        property.SetValue(target, list);
    }

    private void FillDictionary(object target, IConfigurationSection section, string key, Type element)
    {
        if (!IsSection(section, key))
            return;
        var dictionary = (System.Collections.IDictionary)target;
        foreach (var entry in section.GetChildren())
        {
            // INBOX in the environment means the channel that a file calls inbox.
            var name = configuration.NameOf(OptionProperties.Join(key, entry.Key));
            if (Entry(entry, OptionProperties.Join(key, name), element) is { } value)
                dictionary[name] = value;
        }
    }

    private object? Entry(IConfigurationSection section, string key, Type type, PropertyInfo? list = null)
    {
        if (Scalar.Is(type))
            return IsPlain(section, key) ? values.Read(key, section.Value ?? "", type, list) : null;
        if (section.Value is { Length: > 0 } text && type.GetCustomAttribute<ShortFormAttribute>() is { } shortForm)
            return Short(text, key, type, shortForm);
        if (!IsSection(section, key))
            return null;
        if (plugIns.Of(type) is { } known)
            return PlugIn(section, key, known);
        var entry = Activator.CreateInstance(type)!;
        Fill(entry, section, key);
        return entry;
    }

    private object Short(string text, string key, Type type, ShortFormAttribute shortForm)
    {
        var entry = Activator.CreateInstance(type)!;
        var property = type.GetProperty(shortForm.Property)!;
        if (values.Read(key, text, property.PropertyType, property) is { } value)
            property.SetValue(entry, value);
        OptionRules.Check(entry, key, problems);
        return entry;
    }

    private object? PlugIn(IConfigurationSection section, string key, IReadOnlyDictionary<string, Type> known)
    {
        if (PlugInType.NameOf(section, key, known, problems) is not { } name)
            return null;
        var entry = Activator.CreateInstance(known[name])!;
        Fill(entry, section, key);
        PlugInType.Write(entry, name);
        return entry;
    }

    /// <summary>Whether keys can be read below it; a plain value in its place is reported.</summary>
    private bool IsSection(IConfigurationSection section, string key)
    {
        if (string.IsNullOrEmpty(section.Value))
            return true;
        var origin = configuration.OriginOf(key);
        // LOG=debug or TOOLS=/opt in the environment belong to somebody else's program.
        if (origin is { Kind: LayerKind.Environment } && !key.Contains(':'))
            return true;
        problems.Error(
            key,
            $"this is a plain value, but a section belongs here{ValueReader.In(origin)}",
            "Write { … } with keys in it."
        );
        return false;
    }
}
