using System.Text.RegularExpressions;
using NUnit.Framework;
using ShortsDaemon.Tests.Configuration;
using ShortsDaemon.Tests.Flow;
using ShortsDaemon.World.Faults;

namespace ShortsDaemon.Tests.World;

internal sealed partial class FaultScriptTests : TwitchTestBase
{
    private TestFolder _scripts = null!;

    [SetUp]
    public void MakeFolder() => _scripts = new();

    [TearDown]
    public void RemoveFolder() => _scripts.Dispose();

    [Test]
    public async Task A_script_comes_into_force()
    {
        Load(
            """
            [
              // the API is away for a moment
              { "call": "twitch.validate", "from": 2, "times": 2, "do": "status 503", "headers": { "Retry-After": "1" } },
              { "call": "twitch.token", "times": "always", "do": "status 400", "body": { "message": "no" } },
            ]
            """
        );

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
            statuses.Add((await GetAsync("oauth2/validate")).Status);

        Assert.That(statuses, Is.EqualTo(new[] { 401, 503, 503, 401 }));
        Assert.That((await PostAsync("oauth2/token")).Message, Is.EqualTo("no"));
    }

    [Test]
    public void Every_wrong_rule_is_told_with_line_and_mend()
    {
        const string Script = """
            [
              { "call": "twitch.clips", "do": "reset" },
              { "call": "twitch.clps", "do": "reset" },
              {
                "call": "twitch.clips", "do": "stauts 503"
              },
              { "call": "twitch.clips", "do": "reset", "time": 3 },
              { "call": "twitch.clips", "do": "reset", "times": 0 },
              { "call": "twitch.clips", "do": "reset", "body": "x" },
              { "do": "reset" },
              7
            ]
            """;

        Assert.That(
            () => Load(Script),
            Throws
                .TypeOf<FaultScriptException>()
                .With.Message.Matches(
                    "^faults.json, line 3, rule 2: there is no call 'twitch.clps'; take one of .*twitch.clips.*\n"
                        + "faults.json, line 4, rule 3: 'stauts 503' is nothing that can happen; known are: status N.*\n"
                        + "faults.json, line 7, rule 4: 'time' is unknown; a rule has call, do.*\n"
                        + "faults.json, line 8, rule 5: 'times' must be a whole number from 1, or \"always\".\n"
                        + "faults.json, line 9, rule 6: headers and body belong to 'status' and 'html' only.\n"
                        + "faults.json, line 10, rule 7: it lacks 'call'.*\n"
                        + "faults.json, line 11, rule 8: a rule is an object.*$"
                )
        );
        Assert.That(World.Faults.Rules, Is.Empty, "a script counts as a whole");
    }

    [TestCase("[\n  { \"call\": }\n]", "faults.json, line 2: .+ Correct the JSON there")]
    [TestCase("{}", "faults.json: a fault script is a JSON array of rules")]
    public void Broken_json_is_told_with_its_line(string script, string why) =>
        Assert.That(() => Load(script), Throws.TypeOf<FaultScriptException>().With.Message.Matches(why));

    [Test]
    public void The_example_of_the_documentation_works()
    {
        var example = Example().Match(File.ReadAllText(ConfigurationSandbox.RepositoryFile("docs/rehearse.md")));

        Load(example.Groups["script"].Value);

        Assert.That(World.Faults.Rules, Has.Count.GreaterThan(3));
    }

    private void Load(string script) => World.Faults.Load(_scripts.Write("faults.json", script));

    [GeneratedRegex("```json\n(?<script>\\[.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Example();
}
