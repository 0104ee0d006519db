using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Cli.Tests;

/// <summary>What is checked before a project is deployed: quotas, tools, and the roles of Batch targets, which <c>ebops check</c> checks too.</summary>
public sealed class PreflightTests : ProjectFixture
{
    private const string Role = "arn:aws:iam::123456789012:role/submit";
    private const string Trust = """{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}}""";
    private const string Queue = "arn:aws:batch:eu-west-1:123456789012:job-queue/mvp-agents";
    private const string Definition = "arn:aws:batch:eu-west-1:123456789012:job-definition/mvp-agent";
    private const string May = $$"""{"Statement":{"Effect":"Allow","Action":"batch:SubmitJob","Resource":["{{Queue}}","{{Definition}}:3"]} }""";

    [Fact]
    public async Task What_is_within_its_quotas_says_how_much_is_used()
    {
        await MakeAsync("orchestrator");

        string said = await PreflightAsync(ExitCode.Done);

        Assert.Matches(@"OK   tools: no other tools are needed; EventBridgeOps runs on \.NET \S+\n", said);
        Assert.Matches(@"OK   quota of event buses: [0-9]+ of 100\n", said);
        Assert.Matches(@"OK   quota of rules on event bus development-application-events: [1-9] of 300\n", said);
        Assert.Contains("OK   quota of schema registries: 1 of 10\n", said, StringComparison.Ordinal);
        Assert.Matches(@"OK   quota of schemas in registry orchestrator-development: [1-9]+ of 100\n", said);
        Assert.Contains("OK   quota of CloudFormation stacks: 1 of 2000\n", said, StringComparison.Ordinal);
        Assert.Matches(@"OK   quota of IAM roles: [0-9]+ of 1000\n", said);
        Assert.Matches(@"OK   quota of IAM policies: [1-9] of 1500\n", said);
        // IAM has one endpoint, whose requests are signed for its Region.
        Assert.All(Server.Calls.Where(call => call.Service == "iam"), call => Assert.Equal("us-east-1", call.Region));
        Assert.Contains(Server.Calls, call => call.Operation == "SimulatePrincipalPolicy");
    }

    [Fact]
    public async Task A_quota_that_is_exceeded_stops_the_publication()
    {
        await MakeAsync("orchestrator");
        for (int number = 0; number < 10; number++)
            Assert.Equal(201, (await Aws.Send("schemas", $"/v1/registries/name/other-{number}", null, "{}")).Status);

        Outcome refused = (await PublishAsync()).Ended(ExitCode.Error);

        Assert.Contains("NG   quota of schema registries: 11 with those of the project, but 10 are allowed\n", refused.Error, StringComparison.Ordinal);
        Assert.Contains("request an increase of the quota Registries (L-85663EFB) in Service Quotas: aws service-quotas request-service-quota-increase --service-code schemas --quota-code L-85663EFB", refused.Error, StringComparison.Ordinal);
        Assert.Contains("PreflightFailed: Environment development is not ready: quota of schema registries.", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_are_counted_that_will_be_there_together()
    {
        await MakeAsync("orchestrator");
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);
        int deployed = (await RulesAsync()).Count;
        for (int number = deployed; number < 300; number++)
            await RuleAsync($"other-{number}");

        Directory.Delete(Path.Combine(Folder, ".ebproject"), recursive: true);
        Assert.Contains("OK   quota of rules on event bus development-application-events: 300 of 300\n", await PreflightAsync(ExitCode.Done), StringComparison.Ordinal);

        await RuleAsync("one-more");
        Directory.Delete(Path.Combine(Folder, ".ebproject"), recursive: true);
        string said = await PreflightAsync(ExitCode.Error);
        Assert.Contains("NG   quota of rules on event bus development-application-events: 301 with those of the project, but 300 are allowed\n", said, StringComparison.Ordinal);
        Assert.Contains("the quota Number of rules (L-244521F2)", said, StringComparison.Ordinal);

        Task<JsonNode> RuleAsync(string name) => SendAsync("events", "AWSEvents.PutRule", new JsonObject { ["Name"] = name, ["EventBusName"] = "development-application-events", ["EventPattern"] = """{"source":["s"]}""" }.ToJsonString());
        async Task<JsonArray> RulesAsync() => (await SendAsync("events", "AWSEvents.ListRules", """{"EventBusName":"development-application-events"}"""))["Rules"]!.AsArray();
    }

    [Fact]
    public async Task A_name_is_asked_for_as_its_service_knows_it()
    {
        await MakeAsync("empty");
        await AddResourcesAsync("""
            Resources:
              Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: try-topic}}
              Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: try-queue}}
              Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: try-group}}
              OnDefault: {Type: AWS::Events::Rule, Properties: {Name: try-rule, EventPattern: {source: [a]}}}

            """);
        string free = await PreflightAsync(ExitCode.Done);
        foreach (string name in (string[])["try-topic (AWS::SNS::Topic)", "try-queue (AWS::SQS::Queue)", "try-group (AWS::Logs::LogGroup)", "try-rule (AWS::Events::Rule)"])
            Assert.Contains($"OK   name {name}: ", free, StringComparison.Ordinal);

        await SendAsync("sns", null, "Action=CreateTopic&Version=2010-03-31&Name=try-topic");
        await SendAsync("sqs", "AmazonSQS.CreateQueue", """{"QueueName":"try-queue"}""");
        await SendAsync("logs", "Logs_20140328.CreateLogGroup", """{"logGroupName":"try-group"}""");
        await SendAsync("events", "AWSEvents.PutRule", """{"Name":"try-rule","EventPattern":"{\"source\":[\"a\"]}"}""");
        Directory.Delete(Path.Combine(Folder, ".ebproject"), recursive: true);
        string taken = await PreflightAsync(ExitCode.Error);
        foreach (string name in (string[])["try-topic (AWS::SNS::Topic)", "try-queue (AWS::SQS::Queue)", "try-group (AWS::Logs::LogGroup)", "try-rule (AWS::Events::Rule)"])
            Assert.Contains($"NG   name {name}: exists already, and not in the stack of the project", taken, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exists", "Schema registry orchestrator-development exists, and not in the stack of the project, which is published without it. 5 schemas are missing in EventBridge. To publish them too, delete the registry, and run ebops project publish again.")]
    [InlineData("ListTagsForResource", "The identity may not perform schemas:ListTagsForResource, so the project is published without schema registry orchestrator-development. 5 schemas are missing in EventBridge. To publish them too, grant these actions, and run ebops project publish again.")]
    [InlineData("DescribeRegistry", "The identity may not perform schemas:DescribeRegistry, so the project is published without schema registry orchestrator-development. 5 schemas are missing in EventBridge.")]
    public async Task Without_its_schema_registry_a_project_is_published_all_the_same(string obstacle, string said)
    {
        await MakeAsync("orchestrator");
        switch (obstacle)
        {
            case "exists":
                Assert.Equal(201, (await Aws.Send("schemas", "/v1/registries/name/orchestrator-development", null, "{}")).Status);
                break;
            case "ListTagsForResource":
                await DenyTagsAsync();
                break;
            default:
                Deny(obstacle);
                break;
        }

        Outcome published = (await PublishAsync("--output", "json")).Ended(ExitCode.Done);
        Assert.Contains(said, published.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(published.Json, change => ((string)change!["Kind"]!).StartsWith("AWS::EventSchemas", StringComparison.Ordinal));
        Outcome status = (await ProjectAsync("status")).Ended(ExitCode.Done);
        Assert.Contains(said, Regex.Replace(status.Out, @"\s+", " "), StringComparison.Ordinal);
        Assert.Empty((await PublishAsync("--output", "json")).Ended(ExitCode.Done).Json);

        // What is in the way is no longer.
        if (obstacle == "exists")
            Assert.Equal(204, (await Aws.Send("schemas", "/v1/registries/name/orchestrator-development", null, "", method: HttpMethod.Delete)).Status);
        Server.Faults.Clear();
        if (obstacle == "ListTagsForResource")
            (await IamAsync("DeleteUserPolicy", "UserName=sandbox&PolicyName=no-tags")).Succeeded();
        Assert.Contains("in the project, but not in the stack", (await ProjectAsync("status")).Ended(ExitCode.SomeFailed).Out, StringComparison.Ordinal);
        Outcome added = (await PublishAsync("--output", "json")).Ended(ExitCode.Done);
        Assert.Equal(6, added.Json.Count);
        Assert.All(added.Json, change => Assert.StartsWith("AWS::EventSchemas", (string)change!["Kind"]!, StringComparison.Ordinal));

        // A registry that is there stays, whatever is denied afterwards.
        Directory.Delete(Path.Combine(Folder, ".ebproject"), recursive: true);
        await DenyTagsAsync();
        Outcome kept = (await PublishAsync("--output", "json")).Ended(ExitCode.Done);
        Assert.Empty(kept.Json);
        Assert.Contains("SKIP permissions: not allowed: schemas:ListTagsForResource. What is in the schema registry stays", kept.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GetServiceQuota", "SKIP quota of event buses: unknown, because GetServiceQuota .* AWS allows 100 by default\\.\n")]
    [InlineData("ListRegistries", "SKIP quota of schema registries: unknown, because ListRegistries ")]
    [InlineData("ListSchemas", "SKIP quota of schemas in registry orchestrator-development: unknown, because ListSchemas ")]
    [InlineData("DescribeAccountLimits", "SKIP quota of CloudFormation stacks: unknown, because DescribeAccountLimits ")]
    [InlineData("ListStacks", "SKIP quota of CloudFormation stacks: unknown, because ListStacks ")]
    [InlineData("GetAccountSummary", "SKIP quotas of IAM roles and policies: unknown, because GetAccountSummary ")]
    [InlineData("ListEventBuses", "SKIP EventBridge in eu-west-1: unknown, because ListEventBuses ")]
    [InlineData("SimulatePrincipalPolicy", "SKIP permissions: unknown, because SimulatePrincipalPolicy ")]
    public async Task What_may_not_be_read_is_unknown(string operation, string expected)
    {
        await MakeAsync("orchestrator");
        Deny(operation);

        string said = await PreflightAsync(ExitCode.Done);

        Assert.Matches(expected, said);
        Assert.DoesNotContain("NG   ", said, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string, string> Roles => new()
    {
        { Trust, May, "mvp-agent:3", "OK +{0}: Role {1} allows batch:SubmitJob\\.\n" },
        { Trust, """{"Statement":{"Effect":"Allow","Action":"batch:*","Resource":"*"}}""", "mvp-agent", "OK +{0}: Role {1} allows batch:SubmitJob\\.\n" },
        // A text that has the name of the service says nothing.
        { """{"Statement":{"Effect":"Deny","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}}""", May, "mvp-agent:3", "NG +{0}: The trust policy of role {1} does not let events.amazonaws.com assume it: " },
        { """{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:TagSession"}}""", May, "mvp-agent:3", "NG +{0}: The trust policy of role {1} does not let events.amazonaws.com assume it: " },
        { """{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringNotEquals":{"aws:PrincipalServiceName":"events.amazonaws.com"}}}}""", May, "mvp-agent:3", "NG +{0}: The trust policy of role {1} does not let" },
        { """{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"444455556666"}}}}""", May, "mvp-agent:3", "NG +{0}: The trust policy of role {1} does not let events.amazonaws.com assume it: " },
        { """{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:events:*:123456789012:rule/*/submit-jobs"}}}}""", May, "mvp-agent:3", "OK +{0}: Role {1} allows batch:SubmitJob\\.\n" },
        { """{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceOrgID":"o-a1b2c3d4e5"}}}}""", May, "mvp-agent:3", "SKIP +{0}: unknown: " },
        { Trust, $$"""{"Statement":{"Effect":"Allow","Action":"batch:SubmitJob","Resource":["{{Queue}}","{{Definition}}:2"]} }""", "mvp-agent:3", "NG +{0}: Role {1} does not allow batch:SubmitJob on arn:aws:batch:eu-west-1:123456789012:job-definition/mvp-agent:3 \\(IAM: implicitDeny\\)" },
        { Trust, $$"""{"Statement":{"Effect":"Allow","Action":"batch:SubmitJob","Resource":"{{Definition}}:*"} }""", "mvp-agent:3", "NG +{0}: Role {1} does not allow batch:SubmitJob on arn:aws:batch:eu-west-1:123456789012:job-queue/mvp-agents" },
        // A policy of revisions says nothing of a target without one.
        { Trust, May, "mvp-agent", "SKIP +{0}: unknown: Role {1} does not allow batch:SubmitJob on arn:aws:batch:eu-west-1:123456789012:job-definition/mvp-agent\\. Whether it allows it on a revision is unknown" },
    };

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task The_role_of_a_Batch_target_is_judged_before_it_is_deployed_and_afterwards(string trust, string policy, string definition, string expected)
    {
        await MakeBatchAsync(definition);
        await MakeRoleAsync(trust, policy);

        string before = await PreflightAsync(expected.StartsWith("NG", StringComparison.Ordinal) ? ExitCode.Error : ExitCode.Done);
        // The same role on a rule that is there.
        string after = await CheckAsync(definition);

        Assert.Matches(Expected("role \\S+ of rule submit-jobs"), before);
        Assert.Matches(Expected("role submit"), after);

        string Expected(string check) => expected.Replace("{0}", check, StringComparison.Ordinal).Replace("{1}", Role, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_IAM_does_not_simulate_the_policies_are_evaluated()
    {
        await MakeBatchAsync("mvp-agent:3");
        await MakeRoleAsync(Trust, May);
        Deny("SimulatePrincipalPolicy");
        const string Allowed = "The policies of role arn:aws:iam::123456789012:role/submit allow batch:SubmitJob. Service control policies were not considered, because IAM did not simulate them: ";
        Assert.Contains($"OK   role {Role} of rule submit-jobs: {Allowed}", await PreflightAsync(ExitCode.Done), StringComparison.Ordinal);
        Assert.Matches($@"OK +role submit: {Allowed}", await CheckAsync("mvp-agent:3"));

        // What is attached counts as well, and denies.
        (await IamAsync("CreatePolicy", "PolicyName=no-jobs&PolicyDocument=" + Uri.EscapeDataString("""{"Statement":{"Effect":"Deny","Action":"batch:SubmitJob","Resource":"*"}}"""))).Succeeded();
        (await IamAsync("AttachRolePolicy", "RoleName=submit&PolicyArn=arn:aws:iam::123456789012:policy/no-jobs")).Succeeded();
        Assert.Matches(@"NG +role submit: Role \S+ does not allow batch:SubmitJob: ", await CheckAsync("mvp-agent:3"));

        Deny("ListRolePolicies");
        Assert.Matches("SKIP +role submit: unknown: ListRolePolicies ", await CheckAsync("mvp-agent:3"));
        Deny("GetRole");
        Assert.Matches("SKIP +role submit: unknown: GetRole ", await CheckAsync("mvp-agent:3"));
    }

    [Fact]
    public async Task A_role_that_is_missing_is_said()
    {
        await MakeBatchAsync("mvp-agent:3");
        Assert.Contains($"NG   role {Role} of rule submit-jobs: Role {Role} does not exist.", await PreflightAsync(ExitCode.Error), StringComparison.Ordinal);
        Assert.Matches("NG +role submit: Role arn:aws:iam::123456789012:role/submit does not exist\\.", await CheckAsync("mvp-agent:3"));

        (await IamAsync("CreateRole", "RoleName=submit&Path=/team/&AssumeRolePolicyDocument=" + Uri.EscapeDataString(Trust))).Succeeded();
        Assert.Matches("NG +role submit: Role \\S+ does not exist; the role of this name is arn:aws:iam::123456789012:role/team/submit\\.", await CheckAsync("mvp-agent:3"));
    }

    /// <summary>A project with a rule that submits jobs, whose role is a parameter.</summary>
    private async Task MakeBatchAsync(string definition)
    {
        await MakeAsync("empty");
        await ReplaceAsync(Settings, "    region: eu-west-1\n", $"    region: eu-west-1\n    parameters: {{SubmitRole: \"{Role}\", Queue: \"{Queue}\"}}\n");
        await WriteAsync("rules/submit-jobs.yaml", $$"""
            pattern: {source: [com.example.jobs]}
            targets:
              job:
                arn: !Ref Queue
                roleArn: !Ref SubmitRole
                batchParameters: {jobDefinition: "{{definition}}", jobName: job}
            """);
    }

    private async Task MakeRoleAsync(string trust, string policy)
    {
        (await IamAsync("CreateRole", "RoleName=submit&AssumeRolePolicyDocument=" + Uri.EscapeDataString(trust))).Succeeded();
        (await IamAsync("PutRolePolicy", "RoleName=submit&PolicyName=p&PolicyDocument=" + Uri.EscapeDataString(policy))).Succeeded();
    }

    /// <summary>What the preflight says. Nothing is deployed.</summary>
    private async Task<string> PreflightAsync(int code)
    {
        Outcome outcome = (await ProjectAsync("publish", "--what-if")).Ended(code);
        return outcome.Error + outcome.Out;
    }

    /// <summary>What <c>ebops check</c> says of a rule with this target.</summary>
    private async Task<string> CheckAsync(string definition)
    {
        // The bus has a name, so that the condition of a trust policy can name both.
        await SendAsync("events", "AWSEvents.PutRule", """{"Name":"submit-jobs","EventBusName":"mvp-production","EventPattern":"{\"source\":[\"com.example.jobs\"]}"}""");
        await SendAsync("events", "AWSEvents.PutTargets", $$"""{"Rule":"submit-jobs","EventBusName":"mvp-production","Targets":[{"Id":"job","Arn":"{{Queue}}","RoleArn":"{{Role}}","BatchParameters":{"JobDefinition":"{{definition}}","JobName":"j"} }]}""");
        return (await Ebops.RunAsync(["check", "mvp-production", "--rule-name", "submit-jobs", "--source", "com.example.jobs", "--skip-job-store", .. Session])).Out;
    }

    /// <summary>CloudFormation reads the tags of each registry and schema.</summary>
    private async Task DenyTagsAsync() => (await IamAsync("PutUserPolicy", "UserName=sandbox&PolicyName=no-tags&PolicyDocument="
        + Uri.EscapeDataString("""{"Statement":{"Effect":"Deny","Action":"schemas:ListTagsForResource","Resource":"*"}}"""))).Succeeded();

    private void Deny(string operation) => Server.Faults.Add(new FaultRule { Operation = operation, Fault = Fault.Error(403, "AccessDenied", "User is not authorized.") });
}
