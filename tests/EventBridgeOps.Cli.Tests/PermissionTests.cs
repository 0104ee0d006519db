using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Cli.Tests;

/// <summary>The policy of those who deploy a project is attached to a role or user.</summary>
public sealed class PermissionTests : ProjectFixture
{
    private const string Policy = "arn:aws:iam::123456789012:policy/ebops/orchestrator-development-deploy";
    // That of the empty sample, which has room for other kinds of resources.
    private const string Small = "arn:aws:iam::123456789012:policy/ebops/project-development-deploy";
    private const string Trust = """{"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sts:AssumeRole"}}""";

    [Theory]
    [InlineData("deployer", "role")]
    [InlineData("role/deployer", "role")]
    [InlineData("arn:aws:iam::123456789012:role/deployer", "role")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/deployer/session", "role")]
    [InlineData("ann", "user")]
    [InlineData("arn:aws:iam::123456789012:user/team/ann", "user")]
    public async Task The_policy_is_attached_once(string identity, string kind)
    {
        await MakeAsync("orchestrator");
        await MakeIdentitiesAsync();
        string arn = kind == "role" ? "arn:aws:iam::123456789012:role/deployer" : "arn:aws:iam::123456789012:user/team/ann";

        Assert.Equal("WouldCreate", Status(await ApplyAsync(identity, "--what-if")));
        Assert.Equal(404, (await IamAsync("GetPolicy", "PolicyArn=" + Policy)).Status);

        JsonArray created = (await ApplyAsync(identity)).Ended(ExitCode.Done).Json;
        Assert.Equal([Policy, Policy + "-2"], created.Select(policy => (string?)policy!["Arn"]));
        Assert.All(created, policy => Assert.Equal(("Created", "v1", arn), ((string?)policy!["Status"], (string?)policy["Version"], (string?)policy["Identity"])));
        // What is attached is what is printed, and the identity may do it.
        JsonNode printed = JsonNode.Parse((await ProjectAsync("permissions")).Ended(ExitCode.Done).Out)!;
        Assert.Equal(Actions([printed]), Actions([await DocumentAsync("v1"), await DocumentAsync("v1", Policy + "-2")]));
        string simulated = (await IamAsync("SimulatePrincipalPolicy", $"PolicySourceArn={arn}&ActionNames.member.1=events:CreateEventBus&ResourceArns.member.1=arn:aws:events:eu-west-1:123456789012:event-bus/development-application-events")).Succeeded().Text;
        Assert.Contains("<EvalDecision>allowed</EvalDecision>", simulated, StringComparison.Ordinal);

        Server.ClearCalls();
        Assert.Equal("Unchanged", Status(await ApplyAsync(identity)));
        Assert.DoesNotContain(Server.Calls, call => call.Operation.StartsWith("Create", StringComparison.Ordinal) || call.Operation.StartsWith("Attach", StringComparison.Ordinal));
        // The policy is no policy of the stack, which the deploying identity may change.
        Assert.DoesNotContain(printed["Statement"]!.AsArray().Single(statement => (string)statement!["Sid"]! == "Iam")!["Resource"]!.AsArray(), resource => Regex.IsMatch(Policy, "^" + Regex.Escape((string)resource!).Replace("\\*", ".*", StringComparison.Ordinal) + "$"));
    }

    [Fact]
    public async Task After_a_change_the_policy_has_another_version_and_the_oldest_of_five_goes()
    {
        await MakeAsync("empty");
        await MakeIdentitiesAsync();
        string[] kinds = ["AWS::DynamoDB::Table", "AWS::SNS::Topic", "AWS::Batch::JobQueue", "AWS::Batch::ComputeEnvironment", "AWS::Batch::JobDefinition"];
        (await ApplyAsync("deployer")).Ended(ExitCode.Done);
        for (int count = 1; count <= kinds.Length; count++)
        {
            await ResourcesAsync(kinds.Take(count));
            Outcome asked = await ApplyAsync("deployer", "--what-if");
            Assert.Equal("WouldUpdate", Status(asked));
            Assert.Equal(count >= 5, asked.Error.Contains($"Delete version v{count - 4} of the policy", StringComparison.Ordinal));
            JsonNode updated = Assert.Single((await ApplyAsync("deployer")).Ended(ExitCode.Done).Json)!;
            Assert.Equal(("Updated", $"v{count + 1}"), ((string?)updated["Status"], (string?)updated["Version"]));
        }

        Assert.Equal(["v2", "v3", "v4", "v5", "v6"], await VersionsAsync(Small));
        // A version that somebody else made the default one stays, although it is the oldest.
        (await IamAsync("SetDefaultPolicyVersion", $"PolicyArn={Small}&VersionId=v2")).Succeeded();
        Assert.Equal("Updated", Status(await ApplyAsync("deployer")));
        Assert.Equal(["v2", "v4", "v5", "v6", "v7"], await VersionsAsync(Small));
        // Another identity has the same policy.
        Assert.Equal("Attached", Status(await ApplyAsync("user/ann")));
    }

    [Fact]
    public async Task A_policy_that_is_too_long_is_divided_and_what_is_no_longer_needed_goes()
    {
        await MakeAsync("empty");
        await MakeIdentitiesAsync();
        await ResourcesAsync(["AWS::DynamoDB::Table", "AWS::SNS::Topic", "AWS::Batch::JobQueue", "AWS::Lambda::Function", "AWS::Batch::ComputeEnvironment", "AWS::Lambda::EventSourceMapping", "AWS::Batch::JobDefinition", "AWS::CloudFormation::Stack"], everything: true);
        JsonNode whole = JsonNode.Parse((await ProjectAsync("permissions")).Ended(ExitCode.Done).Out)!;
        Assert.True(whole.ToJsonString().Length > 6144, $"{whole.ToJsonString().Length}");

        JsonArray made = (await ApplyAsync("deployer")).Ended(ExitCode.Done).Json;

        Assert.Equal(["project-development-deploy", "project-development-deploy-2"], made.Select(policy => (string?)policy!["PolicyName"]));
        JsonNode[] parts = [await DocumentAsync("v1", Small), await DocumentAsync("v1", Small + "-2")];
        Assert.All(parts, part => Assert.InRange(part.ToJsonString().Length, 100, 6144));
        Assert.Equal(Actions([whole]), Actions(parts));
        Assert.All((await ApplyAsync("deployer")).Json, policy => Assert.Equal("Unchanged", (string?)policy!["Status"]));

        File.Delete(Path.Combine(Folder, "resources", "more.yaml"));
        Assert.Equal(["Updated", "Removed"], (await ApplyAsync("deployer")).Ended(ExitCode.Done).Json.Select(policy => (string?)policy!["Status"]));
        Assert.Equal(404, (await IamAsync("GetPolicy", $"PolicyArn={Small}-2")).Status);
        Assert.Equal("Unchanged", Status(await ApplyAsync("deployer")));
    }

    [Fact]
    public async Task The_policy_is_all_that_a_publication_asks_for()
    {
        await MakeAsync("orchestrator");
        await ApplyAsync("user/sandbox");
        (await IamAsync("DetachUserPolicy", "UserName=sandbox&PolicyArn=arn:aws:iam::aws:policy/AdministratorAccess")).Succeeded();

        Assert.Matches("OK   permissions: [0-9]+ actions are allowed\n", (await PublishAsync()).Ended(ExitCode.Done).Error);

        // What the live test alone needs is not asked for without it.
        Directory.Delete(Path.Combine(Folder, ".ebproject"), recursive: true);
        (await IamAsync("PutUserPolicy", "UserName=sandbox&PolicyName=no-test&PolicyDocument=" + Uri.EscapeDataString("""{"Statement":{"Effect":"Deny","Action":"sqs:ReceiveMessage","Resource":"*"}}"""))).Succeeded();
        Assert.Contains("NG   permissions: not allowed: sqs:ReceiveMessage", (await PublishAsync()).Ended(ExitCode.Error).Error, StringComparison.Ordinal);
        Assert.Contains("OK   permissions: ", (await PublishAsync("--skip-test")).Ended(ExitCode.Done).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CreatePolicy")]
    [InlineData("AttachRolePolicy")]
    [InlineData("GetPolicy")]
    public async Task A_call_that_was_not_answered_is_made_up_for(string operation)
    {
        await MakeAsync("orchestrator");
        await MakeIdentitiesAsync();
        Server.Faults.Add(new FaultRule { Operation = operation, Times = 1, Fault = Fault.ResetAfter() });

        Assert.Equal("Created", Status(await ApplyAsync("deployer")));

        Assert.Equal(["v1"], await VersionsAsync(Policy));
        Assert.Equal("Unchanged", Status(await ApplyAsync("deployer")));
    }

    [Theory]
    [InlineData("nobody", "ResourceNotFound: There is no role or user nobody in account 123456789012.")]
    [InlineData("user/deployer", "ResourceNotFound: There is no user deployer in account 123456789012.")]
    [InlineData("both", "InvalidArgument: There are a role and a user both. Specify role/both or user/both with --apply.")]
    [InlineData("group/admins", "InvalidArgument: group/admins is not a role or user.")]
    [InlineData("arn:aws:iam::123456789012:root", "InvalidArgument: arn:aws:iam::123456789012:root is not a role or user.")]
    [InlineData("arn:aws:iam::444455556666:role/deployer", "InvalidArgument: arn:aws:iam::444455556666:role/deployer does not belong to account 123456789012 of environment development.")]
    [InlineData("arn:aws:iam::123456789012:role/other/deployer", "ResourceNotFound: arn:aws:iam::123456789012:role/other/deployer does not exist; the one of this name is arn:aws:iam::123456789012:role/deployer.")]
    public async Task Who_is_not_meant_gets_nothing(string identity, string expected)
    {
        await MakeAsync("orchestrator");
        await MakeIdentitiesAsync();
        (await IamAsync("CreateUser", "UserName=both")).Succeeded();
        (await IamAsync("CreateRole", "RoleName=both&AssumeRolePolicyDocument=" + Uri.EscapeDataString(Trust))).Succeeded();

        Outcome refused = await ProjectAsync("permissions", "--apply", identity);

        Assert.StartsWith("error: " + expected, refused.Ended(ExitCode.Error).Error, StringComparison.Ordinal);
        Assert.Equal(404, (await IamAsync("GetPolicy", "PolicyArn=" + Policy)).Status);
    }

    [Fact]
    public async Task The_account_is_that_of_the_environment()
    {
        await MakeAsync("orchestrator");
        await ReplaceAsync(Settings, "123456789012", "444455556666");

        Assert.Contains("is in account 123456789012, but environment development is in 444455556666.", (await ProjectAsync("permissions", "--apply", "deployer")).Ended(ExitCode.Error).Error, StringComparison.Ordinal);
    }

    /// <summary>moto's IAM, which none of us wrote.</summary>
    [Fact]
    public async Task The_policy_is_attached_on_moto()
    {
        await using MotoEngine moto = await MotoFixture.StartAsync();
        using AwsClient aws = new(moto.Endpoint);
        await MakeAsync("empty");
        await IamAsync(aws, "CreateRole", "RoleName=deployer&AssumeRolePolicyDocument=" + Uri.EscapeDataString(Trust));

        Assert.Equal("Created", Status(await ApplyAsync()));
        Assert.Equal("Unchanged", Status(await ApplyAsync()));
        string[] kinds = ["AWS::DynamoDB::Table", "AWS::SNS::Topic", "AWS::Batch::JobQueue", "AWS::Batch::ComputeEnvironment", "AWS::Batch::JobDefinition"];
        for (int count = 1; count <= kinds.Length; count++)
        {
            await ResourcesAsync(kinds.Take(count));
            Assert.Equal("Updated", Status(await ApplyAsync()));
        }

        string versions = await IamAsync(aws, "ListPolicyVersions", "PolicyArn=" + Small);
        Assert.Equal(["v2", "v3", "v4", "v5", "v6"], Regex.Matches(versions, "<VersionId>(.*?)</VersionId>").Select(version => version.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.Contains(Small, await IamAsync(aws, "ListAttachedRolePolicies", "RoleName=deployer"), StringComparison.Ordinal);

        Task<Outcome> ApplyAsync() => Ebops.RunAsync(["project", "permissions", Folder, "--apply", "deployer", "--output", "json", .. SessionFor(moto.Endpoint)]);
        async Task<string> IamAsync(AwsClient client, string operation, string form) => (await client.Send("iam", "/", null, $"Action={operation}&Version=2010-05-08&{form}", "application/x-www-form-urlencoded")).Succeeded().Text;
    }

    private async Task MakeIdentitiesAsync()
    {
        (await IamAsync("CreateRole", "RoleName=deployer&AssumeRolePolicyDocument=" + Uri.EscapeDataString(Trust))).Succeeded();
        (await IamAsync("CreateUser", "UserName=ann&Path=/team/")).Succeeded();
    }

    private Task<Outcome> ApplyAsync(string identity, params string[] more) => ProjectAsync("permissions", ["--apply", identity, "--output", "json", .. more]);

    private static string? Status(Outcome outcome) => Assert.Single(outcome.Ended(ExitCode.Done).Json.Select(policy => (string?)policy!["Status"]).Distinct());

    /// <summary>Resources of more kinds, whose permissions the policy then has.</summary>
    private Task ResourcesAsync(IEnumerable<string> kinds, bool everything = false)
    {
        string properties = everything ? "{SSESpecification: {}, KinesisStreamSpecification: {}, ImportSourceSpecification: {}, VpcConfig: {}, CodeSigningConfigArn: a, ReservedConcurrentExecutions: 1, DataProtectionPolicy: {}, Subscription: []}" : "{}";
        return WriteAsync("resources/more.yaml", "Resources:\n" + string.Concat(kinds.Select((kind, index) => $"  More{index}:\n    Type: {kind}\n    Properties: {properties}\n")));
    }

    private async Task<JsonNode> DocumentAsync(string version, string policy = Policy)
    {
        string text = (await IamAsync("GetPolicyVersion", $"PolicyArn={policy}&VersionId={version}")).Succeeded().Text;
        return JsonNode.Parse(Uri.UnescapeDataString(Regex.Match(text, "<Document>(.*?)</Document>").Groups[1].Value))!;
    }

    private async Task<string[]> VersionsAsync(string policy) =>
        [.. Regex.Matches((await IamAsync("ListPolicyVersions", "PolicyArn=" + policy)).Succeeded().Text, "<VersionId>(.*?)</VersionId>").Select(version => version.Groups[1].Value).Order(StringComparer.Ordinal)];

    private static string[] Actions(IEnumerable<JsonNode> policies) => [.. policies.SelectMany(policy => policy["Statement"]!.AsArray())
        .SelectMany(statement => statement!["Action"] is JsonArray several ? several.Select(action => (string)action!) : [(string)statement["Action"]!]).Order(StringComparer.Ordinal)];
}
