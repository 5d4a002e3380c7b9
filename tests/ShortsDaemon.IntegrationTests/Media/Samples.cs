using NUnit.Framework;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>Real recordings and models, where somebody has some: they are too large to keep with the code.</summary>
internal static class Samples
{
    public const string Model = "models/face/haarcascade_frontalface_alt2.xml";
    public const string SmallModel = "models/face/lbpcascade_frontalface_improved.xml";

    /// <returns>The path of a sample; where it is not there the test is left out, and says so.</returns>
    public static string Require(string name)
    {
        var folder = Environment.GetEnvironmentVariable("SHORTSDAEMON_SAMPLES");
        if (folder is null)
            Assert.Ignore("SHORTSDAEMON_SAMPLES does not name a folder with sample recordings");
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            Assert.Ignore($"the samples have no {name}");
        return path;
    }
}
