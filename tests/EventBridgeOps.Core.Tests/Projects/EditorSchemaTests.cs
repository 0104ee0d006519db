using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Templates;
using EventBridgeOps.Projects;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Core.Tests.Projects;

/// <summary>The schemas by which editors complete accept and refuse the same files as the reader.</summary>
public sealed class EditorSchemaTests
{
    private const string Start = "name: a\nenvironments: {dev: {account: \"111122223333\", region: eu-west-1}}\n";
    private const string Rule = "pattern: {source: [a]}\ntargets: {q: {arn: \"arn:aws:sqs:eu-west-1:111122223333:q\"}}\n";

    [Theory]
    [InlineData(Start, true)]
    [InlineData("name: a\n", false)]
    [InlineData("name: a\nenvironments: {}\n", false)]
    [InlineData("name: a\nenvironments: {dev: {account: 111122223333, region: eu-west-1}}\n", true)]
    [InlineData("name: a\nenvironments: {dev: {account: 11112222333, region: eu-west-1}}\n", false)]
    [InlineData("name: a\nenvironments: {dev: {account: \"1111\", region: eu-west-1}}\n", false)]
    [InlineData("name: a\nenvironments: {dev: {account: \"111122223333\", region: europe}}\n", false)]
    [InlineData("name: a\nenvironments: {Dev: {account: \"111122223333\", region: eu-west-1}}\n", false)]
    [InlineData("name: 1a\nenvironments: {dev: {account: \"111122223333\", region: eu-west-1}}\n", false)]
    [InlineData(Start + "bus: {name: default}\n", true)]
    [InlineData(Start + "bus: {nam: default}\n", false)]
    [InlineData(Start + "archive: {retentionDays: -1}\n", false)]
    [InlineData(Start + "archive: {}\n", true)]
    [InlineData(Start + "archive: null\n", false)]
    [InlineData(Start + "logging: {level: TRACE, retentionDays: 7}\n", true)]
    [InlineData(Start + "logging: {retentionDays: 8}\n", false)]
    [InlineData(Start + "defaults: {source: aws.mine}\n", false)]
    [InlineData(Start + "defaults: {retryPolicy: {maximumRetryAttempts: 186}}\n", false)]
    [InlineData(Start + "defaults: {deadLetterQueue: {name: a, arn: b}}\n", false)]
    [InlineData(Start + "defaults: {deadLetterQueue: {arn: !Sub 'a'}}\n", true)]
    [InlineData(Start + "consumers: {a: {account: \"444455556666\", events: [a.v1]}}\n", true)]
    [InlineData(Start + "consumers: {a: {account: \"444455556666\", events: [a]}}\n", false)]
    [InlineData(Start + "consumers: {a: {account: \"444455556666\", bus: default}}\n", false)]
    [InlineData(Start + "schemas: {compatibility: full-transitive, policy: strict, retired: [a.v1]}\n", true)]
    [InlineData(Start + "schemas: {compatibility: sideways}\n", false)]
    [InlineData(Start + "extra: 1\n", false)]
    public void Settings_are_accepted_by_both_or_by_none(string text, bool isAccepted)
    {
        using ProjectSpace space = new();
        space.Write("ebproject.yaml", text);

        Project project = Project.Read(space.Root);

        Assert.Equal(isAccepted, ByFile("ebproject.schema.json", text));
        Assert.Equal(isAccepted, project.Settings is not null && project.Faults.Count == 0);
    }

    [Theory]
    [InlineData(Rule, true)]
    [InlineData(Rule + "enabled: false\nbus: default\ndescription: a\n", true)]
    [InlineData(Rule + "enabled: no\n", false)]
    [InlineData(Rule + "tests: [{event: a.json, matches: false, inputs: {q: 1}}]\n", true)]
    [InlineData(Rule + "tests: [{name: a}]\n", false)]
    [InlineData(Rule + "tests: {a: {event: b}}\n", false)]
    [InlineData("pattern: {}\ntargets: {q: {arn: a}}\n", false)]
    [InlineData("pattern: {source: [a]}\n", false)]
    [InlineData("pattern: {source: [a]}\ntargets: {}\n", false)]
    [InlineData("pattern: {source: [a]}\ntargets: {q: {}}\n", false)]
    [InlineData("pattern: {source: [a]}\ntargets: {q: {arn: !GetAtt Q.Arn}}\n", true)]
    [InlineData("pattern: {source: [a]}\ntargets: {q: {arn: !Select [0, a]}}\n", false)]
    [InlineData("pattern: {source: [a]}\ntargets: {\"q q\": {arn: a}}\n", false)]
    [InlineData("pattern: {source: [a]}\ntargets: {q: {arn: a, inputTransformer: {inputPathsMap: {}}}}\n", false)]
    [InlineData("pattern: {source: [a]}\ntargets: {q: {arn: a, input: {b: 1}, emits: [a.v1]}}\n", true)]
    [InlineData("pattern: {source: [a]}\ntargets: {q: {arn: a, batchParameters: {jobName: a}}}\n", false)]
    public void Rules_are_accepted_by_both_or_by_none(string text, bool isAccepted)
    {
        using ProjectSpace space = new();
        space.Write("ebproject.yaml", Start);
        space.Write("rules/r.yaml", text);

        Project project = Project.Read(space.Root);

        Assert.Equal(isAccepted, ByFile("ebrule.schema.json", text));
        Assert.Equal(isAccepted, project.Rules.Count == 1 && project.Faults.Count == 0);
    }

    [Fact]
    public void The_schemas_of_the_pages_are_those_of_the_reader() =>
        Assert.All(EditorSchema.All, schema => Assert.Equal(File.ReadAllText(Path.Combine(Pages(), schema.FileName)), schema.Text));

    [Fact]
    public void Tests_have_the_same_schema_beside_a_rule_and_in_it()
    {
        JsonObject rule = Document.Parse(EditorSchema.Rule.Text), tests = Document.Parse(EditorSchema.Tests.Text);

        Assert.True(JsonNode.DeepEquals(rule["definitions"]!["test"], tests["definitions"]!["test"]));
        Assert.True(JsonNode.DeepEquals(rule["definitions"]!["tests"], tests["properties"]!["tests"]));
    }

    // As an editor does it: by the file, with any validator.
    private static bool ByFile(string name, string text) =>
        EventSchema.Parse(File.ReadAllText(Path.Combine(Pages(), name)), name).IsValid(JsonElement.Parse(YamlText.ParseStrictly(text).ToJsonString()));

    private static string Pages()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "EventBridgeOps.sln")))
            folder = folder.Parent;
        return Path.Combine(folder.FullName, "docs", "schemas");
    }
}
