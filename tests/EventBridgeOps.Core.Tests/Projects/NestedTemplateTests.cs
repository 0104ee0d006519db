using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Core.Tests.Projects;

/// <summary>A project that is too large for one template.</summary>
public sealed class NestedTemplateTests : IDisposable
{
    private readonly ProjectSpace _space = ProjectSpace.Of("empty");

    public NestedTemplateTests()
    {
        _space.Write("resources/queue.yaml", "Resources:\n  Work: {Type: AWS::SQS::Queue}\n  Run: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Handler: index.a, Role: !GetAtt Role.Arn, Code: {ZipFile: x}}}\n  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: \"2012-10-17\", Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}}}\n");
        AddRules(0, 110);
    }

    public void Dispose() => _space.Dispose();

    [Fact]
    public void It_is_split_and_each_part_keeps_the_quotas()
    {
        ProjectTemplate template = TemplateTests.Build(_space);

        Assert.Equal("/", "/" + Assert.Single(template.Warnings).Pointer);
        Assert.NotEmpty(template.Nested);
        Assert.InRange(template.Root["Resources"]!.AsObject().Count, 1, 100);
        Assert.Equal(110, template.Nested.Values.Sum(nested => nested["Resources"]!.AsObject().Count(resource => resource.Value!["Type"]!.GetValue<string>() == "AWS::Events::Rule")));
        Assert.All(template.Nested, nested =>
        {
            JsonObject parameters = nested.Value["Parameters"]!.AsObject();
            Assert.Contains("EventBusName", parameters.Select(parameter => parameter.Key));
            Assert.Contains("DeadLetterQueueArn", parameters.Select(parameter => parameter.Key));
            HashSet<string> ids = [.. nested.Value["Resources"]!.AsObject().Select(resource => resource.Key), .. parameters.Select(parameter => parameter.Key)];
            Assert.All(Functions.References(nested.Value), reference => Assert.True(reference.Id.StartsWith("AWS::", StringComparison.Ordinal) || ids.Contains(reference.Id), reference.Id));
            JsonObject stack = template.Root["Resources"]!.AsObject().Single(resource => Document.Write(resource.Value).Contains(nested.Key, StringComparison.Ordinal)).Value!.AsObject();
            Assert.Equal(parameters.Select(parameter => parameter.Key), stack["Properties"]!["Parameters"]!.AsObject().Select(parameter => parameter.Key));
            Assert.Contains("DeadLetterQueuePolicy", stack["DependsOn"]!.AsArray().Select(id => id!.GetValue<string>()));
        });
        Assert.Contains(_space.Found(), found => found.Contains("nested stacks", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_rule_moves_no_rule()
    {
        Dictionary<string, string> before = Places(TemplateTests.Build(_space));
        AddRules(110, 30);

        Dictionary<string, string> after = Places(TemplateTests.Build(_space));

        Assert.Equal(140, after.Count);
        Assert.All(before, rule => Assert.Equal(rule.Value, after[rule.Key]));
    }

    [Fact]
    public async Task Cfn_lint_finds_nothing()
    {
        string folder = Path.Combine(_space.Root, "out");
        ProjectExport export = ProjectExport.Of(_space.Root, new ProjectExportRequest());
        export.Write(folder);

        Assert.Equal("", await Lint.FindAsync([.. export.Files.Select(file => Path.Combine(folder, file.Key))]));
    }

    private static Dictionary<string, string> Places(ProjectTemplate template) => template.Nested
        .SelectMany(nested => nested.Value["Resources"]!.AsObject().Where(resource => resource.Value!["Type"]!.GetValue<string>() == "AWS::Events::Rule").Select(resource => (resource.Key, nested.Key[..nested.Key.LastIndexOf('-')])))
        .ToDictionary(place => place.Key, place => place.Item2);

    private void AddRules(int first, int count)
    {
        for (int i = first; i < first + count; i++)
            _space.Write($"rules/rule-number-n{i}.yaml", $"pattern: {{source: [com.example.s{i}]}}\ntargets:\n  work: {{arn: !GetAtt Work.Arn}}\n  run: {{arn: !GetAtt Run.Arn}}\n");
    }
}
