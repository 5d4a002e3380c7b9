using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace ShortsDaemon.Pipeline.Configuration.Reading;

/// <summary>Holds an object against the validation attributes of its properties.</summary>
internal static class OptionRules
{
    public static void Check(object target, string path, ProblemList problems)
    {
        foreach (var property in OptionProperties.Of(target.GetType()))
            Check(target, property, OptionProperties.Join(path, property.Name), problems);
        if (target is IValidatableObject own)
            foreach (var result in own.Validate(new(target)))
                problems.Error(KeyOf(result, path), TrimDot(result.ErrorMessage), "Write a value that fits.");
    }

    private static void Check(object target, PropertyInfo property, string key, ProblemList problems)
    {
        if (problems.Has(key))
            return;
        var value = property.GetValue(target);
        foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
            if (!rule.IsValid(value))
                Report(rule, property, key, value, problems);
    }

    private static void Report(
        ValidationAttribute rule,
        PropertyInfo property,
        string key,
        object? value,
        ProblemList problems
    )
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture);
        switch (rule)
        {
            case RequiredAttribute:
                problems.Error(key, "a value is missing", "Write one; it must not be empty.");
                break;
            case RangeAttribute range:
                var (from, to) = (Text(range.Minimum), Text(range.Maximum));
                problems.Error(key, $"{text} is out of range", $"Write a number from {from} to {to}.");
                break;
            default:
                problems.Error(key, TrimDot(rule.FormatErrorMessage(property.Name)), "Write a value that fits.");
                break;
        }
    }

    /// <summary>Limits are read by people: 1000000, not 1E+06.</summary>
    private static string Text(object limit) =>
        Convert.ToDecimal(limit, CultureInfo.InvariantCulture).ToString("0.####", CultureInfo.InvariantCulture);

    private static string KeyOf(ValidationResult result, string path) =>
        result.MemberNames.FirstOrDefault() is { } member ? OptionProperties.Join(path, member) : path;

    private static string TrimDot(string? message) => (message ?? "this is not allowed").TrimEnd('.');
}
