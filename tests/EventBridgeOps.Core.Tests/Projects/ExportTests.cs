using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Projects.Making;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Core.Tests.Projects;

/// <summary>Files to deploy a project with other tools, and what the one who deploys it must be allowed.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly ProjectSpace _space = ProjectSpace.Of("orchestrator");

    public static TheoryData<string> Samples => [.. ProjectSamples.Names];

    public void Dispose() => _space.Dispose();

    [Fact]
    public void A_single_template_is_text()
    {
        ProjectExport export = ProjectExport.Of(_space.Root, new ProjectExportRequest());

        Assert.True(JsonNode.DeepEquals(export.Template.Root, JsonNode.Parse(export.ToText())));
    }

    [Fact]
    public void Terraform_deploys_the_template_that_is_beside_it()
    {
        string folder = Path.Combine(_space.Root, "out");
        ProjectExport export = ProjectExport.Of(_space.Root, new ProjectExportRequest { Format = ExportFormat.Terraform });

        Assert.Equal(["main.tf", "template.json"], export.Write(folder).Select(file => file.Path));
        Assert.Equal([ProjectFileState.Unchanged, ProjectFileState.Unchanged], export.Write(folder).Select(file => file.State));
        string text = File.ReadAllText(Path.Combine(folder, "main.tf"));
        Assert.Contains("  name         = \"orchestrator-development\"\n", text, StringComparison.Ordinal);
        Assert.Contains("  template_body = file(\"${path.module}/template.json\")\n", text, StringComparison.Ordinal);
        Assert.Contains("    EventBusName = \"development-application-events\"\n", text, StringComparison.Ordinal);
        Assert.Contains("    \"environment\" = \"development\"\n", text, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<OpsException>(export.ToText).ErrorId);
    }

    [Fact]
    public void A_large_template_goes_through_a_bucket()
    {
        for (int i = 0; i < 60; i++)
            _space.Write($"rules/count-n{i}.yaml", $"pattern: {{source: [com.example.s{i}]}}\ntargets:\n  index: {{arn: !GetAtt IndexQueue.Arn}}\n");

        ProjectExport export = ProjectExport.Of(_space.Root, new ProjectExportRequest { Format = ExportFormat.Terraform });

        Assert.Contains("resource \"aws_s3_object\" \"template\" {\n  for_each = toset([\"template.json\"])\n", export.Files[0].Value, StringComparison.Ordinal);
        Assert.Contains("  template_url = ", export.Files[0].Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("production", "The project has no environment production. Its environments are development.")]
    [InlineData(null, null)]
    public void An_environment_is_found_by_its_name(string? name, string? fault)
    {
        ProjectExportRequest request = new() { Environment = name };
        if (fault is null)
            Assert.Equal("orchestrator-development", ProjectExport.Of(_space.Root, request).Template.StackName);
        else
            Assert.Equal(fault, Assert.Throws<OpsException>(() => ProjectExport.Of(_space.Root, request)).Message);
    }

    [Fact]
    public void Of_several_environments_one_must_be_named()
    {
        _space.Replace("ebproject.yaml", "bus:\n", "  production: {account: 444455556666, region: eu-west-1}\nbus:\n");

        Assert.Equal("The project has the environments development, production. Specify one with --environment.", Assert.Throws<OpsException>(() => ProjectExport.Of(_space.Root, new ProjectExportRequest())).In(CommandLineVoice.Instance).Message);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_policy_has_what_each_kind_of_resource_needs(string sample)
    {
        using ProjectSpace space = ProjectSpace.Of(sample);
        Project project = Project.Read(space.Root);

        DeploymentPolicy policy = DeploymentPolicy.Of(TemplateTests.Build(space), project.Settings!.Environments[0], project.Settings);

        Assert.Empty(policy.UnknownKinds);
        Assert.Null(policy.Warning);
        string[] allowed = [.. policy.Policy["Statement"]!.AsArray().Where(statement => (string)statement!["Sid"]! != DeploymentPolicy.PreflightStatement).SelectMany(statement => statement!["Action"] is JsonArray several ? several.Select(action => action!.GetValue<string>()) : [statement["Action"]!.GetValue<string>()])];
        Assert.Contains("cloudformation:CreateChangeSet", allowed);
        Assert.Contains("sqs:CreateQueue", allowed);
        Assert.Equal(sample is not "empty", allowed.Contains("events:PutRule"));
        Assert.DoesNotContain(allowed, action => action.StartsWith("kms:", StringComparison.Ordinal));
        Assert.Equal(allowed.Distinct(), allowed);
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: a managed policy has 6,144 characters without white space.
        Assert.InRange(policy.Policy.ToJsonString().Length, 1, 6144);
    }

    [Fact]
    public void The_policy_allows_changes_of_the_identities_of_the_template_alone()
    {
        _space.Write("resources/roles.yaml", """
            Resources:
              Named: {Type: AWS::IAM::Role, Properties: {RoleName: !Sub "${ProjectName}-worker", Path: /team/, AssumeRolePolicyDocument: {}}}
              Unnamed: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}
              Shared: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: shared, Roles: [!Ref Named, existing], Groups: [admins], PolicyDocument: {}}}

            """);
        ProjectSettings settings = Project.Read(_space.Root).Settings!;

        JsonObject policy = DeploymentPolicy.Of(TemplateTests.Build(_space), settings.Environments[0], settings).Policy;

        Assert.Equal(
            ["group/*/admins", "group/admins", "policy/orchestrator-development*", "policy/shared", "role/*/existing", "role/existing", "role/orchestrator-development*", "role/team/orchestrator-worker"],
            Resources(policy, "Iam").Select(arn => arn.Replace("arn:aws:iam::111122223333:", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_policy_has_the_bucket_of_the_templates()
    {
        for (int number = 0; number < 500; number++)
            _space.Write($"rules/r{number}.yaml", "pattern: {source: [a]}\ntargets: {t: {arn: !GetAtt WelcomeQueue.Arn}}\n");
        ProjectSettings settings = Project.Read(_space.Root).Settings!;
        ProjectTemplate template = TemplateTests.Build(_space);

        Assert.Equal(["arn:aws:s3:::orchestrator-development*"], Resources(DeploymentPolicy.Of(template, settings.Environments[0], settings).Policy, "Templates"));
        Assert.Equal(["arn:aws:s3:::mine", "arn:aws:s3:::mine/*"], Resources(DeploymentPolicy.Of(template, settings.Environments[0], settings, "mine").Policy, "Templates"));
    }

    private static string[] Resources(JsonObject policy, string id) => policy["Statement"]!.AsArray().Single(statement => (string)statement!["Sid"]! == id)!["Resource"] is JsonArray several ? [.. several.Select(arn => (string)arn!)] : [(string)policy["Statement"]!.AsArray().Single(statement => (string)statement!["Sid"]! == id)!["Resource"]!];

    [Fact]
    public void The_permissions_are_those_of_the_resource_schemas()
    {
        JsonElement saved = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Projects", "handlers.json"))).RootElement;
        // Beside the handlers' own: what the services demand of a caller who makes a log deliver.
        string[] more = ["events:AllowVendedLogDeliveryForResource", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups", "batch:UntagResource"];
        foreach (KeyValuePair<string, IReadOnlyList<string>> row in DeploymentPolicy.Known)
        {
            string kind = row.Key.Split('/')[0];
            string[] handlers = [.. saved.GetProperty(kind).EnumerateArray().Select(action => action.GetString()!)];
            Assert.Empty(row.Value.Except(handlers).Except(more));
        }
    }
}
