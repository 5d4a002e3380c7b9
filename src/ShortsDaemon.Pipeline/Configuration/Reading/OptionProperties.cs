using System.Reflection;

namespace ShortsDaemon.Pipeline.Configuration.Reading;

/// <summary>The shape of the option classes.</summary>
internal static class OptionProperties
{
    public static IReadOnlyList<PropertyInfo> Of(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite)];

    public static Type? ElementOfList(Type type) => ArgumentOf(type, typeof(List<>), 0);

    public static Type? ElementOfDictionary(Type type) => ArgumentOf(type, typeof(Dictionary<,>), 1);

    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}:{name}";

    private static Type? ArgumentOf(Type type, Type generic, int index) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == generic ? type.GetGenericArguments()[index] : null;
}
