using System.CommandLine;
using System.CommandLine.Parsing;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ShortsDaemon.Pipeline.Render;

namespace ShortsDaemon.Host.Commands;

/// <summary>A facecam rectangle on the command line: four fractions of the picture.</summary>
internal static class FacecamArgument
{
    public static Option<FacecamOptions?> Create() =>
        new("--facecam")
        {
            Description =
                "Where the facecam is, for FacecamSplit: left, top, width and height in fractions of the picture.",
            HelpName = "0,0.33,0.25,0.33",
            CustomParser = Parse,
        };

    private static FacecamOptions? Parse(ArgumentResult given)
    {
        var numbers = given
            .Tokens.SelectMany(token => token.Value.Split(','))
            .Select(word => double.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : -1)
            .ToArray();
        if (numbers is not [var x, var y, var width, var height] || numbers.Any(n => n is not (>= 0 and <= 1)))
        {
            given.AddError("--facecam takes four numbers from 0 to 1, for instance 0,0.33,0.25,0.33.");
            return null;
        }
        var facecam = new FacecamOptions
        {
            X = x,
            Y = y,
            Width = width,
            Height = height,
        };
        foreach (var problem in facecam.Validate(new ValidationContext(facecam)))
            given.AddError($"--facecam: {problem.ErrorMessage}.");
        return facecam;
    }
}
