using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Projects.Granting;
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
        string[] allowed = [.. DeploymentPolicy.Required(policy.Policy, hasTest: false).SelectMany(statement => Texts(statement["Action"]))];
        Assert.Contains("cloudformation:CreateChangeSet", allowed);
        Assert.Contains("sqs:CreateQueue", allowed);
        Assert.Equal(sample is not "empty", allowed.Contains("events:PutRule"));
        Assert.DoesNotContain(allowed, action => action.StartsWith("kms:", StringComparison.Ordinal));
        Assert.Equal(allowed.Distinct(), allowed);
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: a managed policy has 6,144 characters without white space.
        IReadOnlyList<JsonObject> parts = PolicySplit.Of(policy.Policy);
        Assert.InRange(parts.Count, 1, sample is "orchestrator" ? 2 : 1);
        Assert.All(parts, part => Assert.InRange(part.ToJsonString().Length, 1, 6144));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_policy_is_limited_to_what_the_template_has(string sample)
    {
        using ProjectSpace space = ProjectSpace.Of(sample);
        JsonObject policy = PolicyOf(space);
        ProjectEnvironment environment = Project.Read(space.Root).Settings!.Environments[0];
        string here = $":{environment.Region}:{environment.AccountId}:";

        foreach (JsonObject statement in policy["Statement"]!.AsArray().OfType<JsonObject>().Where(statement => (string)statement["Sid"]! is not ("AnyResource" or "LiveTestLists" or DeploymentPolicy.PreflightStatement)))
        {
            string[] arns = Texts(statement["Resource"]);
            Assert.NotEmpty(arns);
            Assert.DoesNotContain(arns, arn => arn == "*" || arn.EndsWith(here + "*", StringComparison.Ordinal) || arn.EndsWith("role/*", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void On_the_default_event_bus_the_policy_has_the_rules_of_the_template()
    {
        using ProjectSpace images = ProjectSpace.Of("ecr-batch");

        Assert.Equal(["events:rule/image-pushed"], Short(PolicyOf(images), "Events"));
    }

    [Fact]
    public void Each_kind_of_resource_has_ARNs_of_its_form()
    {
        JsonObject policy = PolicyOf(_space);

        Assert.Equal(
            ["events:archive/orchestrator-development", "events:event-bus/development-application-events", "events:rule/development-application-events/*"], Short(policy, "Events"));
        Assert.Equal(["dead-letters", "index", "transcription", "welcome"], Short(policy, "Sqs").Select(arn => arn.Replace("sqs:development-application-events-", "", StringComparison.Ordinal)));
        Assert.Equal(["cloudwatch:alarm:orchestrator-development*"], Short(policy, "Cloudwatch"));
        Assert.Equal(["lambda:event-source-mapping:*", "lambda:function:orchestrator-development*"], Short(policy, "Lambda"));
        Assert.Equal(["schemas:registry/orchestrator-development", "schemas:schema/orchestrator-development/*"], Short(policy, "Schemas"));
        Assert.Equal(
            [
                "logs:delivery-destination:orchestrator-development", "logs:delivery-source:orchestrator-development-error", "logs:delivery:*", "logs:log-group:/aws/events/development-application-events",
                "logs:log-group:/aws/events/development-application-events:*", "logs:log-group:/aws/vendedlogs/events/event-bus/development-application-events", "logs:log-group:/aws/vendedlogs/events/event-bus/development-application-events:*",
            ],
            Short(policy, "Logs"));
        using ProjectSpace mvp = ProjectSpace.Of("mvp");
        JsonObject jobs = PolicyOf(mvp);
        // AWS Batch does not begin the names that it gives with the name of the stack.
        Assert.Equal(
            [
                "batch:compute-environment/ComputeEnvironment*", "batch:compute-environment/mvp-development*", "batch:job-definition/mvp-development-agent", "batch:job-definition/mvp-development-agent:*",
                "batch:job-queue/mvp-development-queue",
            ],
            Short(jobs, "Batch"));
        Assert.Equal(["dynamodb:table/mvp-development-jobs", "dynamodb:table/mvp-development-jobs/*"], Short(jobs, "Dynamodb"));
    }

    [Fact]
    public void What_a_template_refers_to_is_in_the_policy_and_what_is_not_known_is_wide()
    {
        _space.Replace("ebproject.yaml", "bus:\n", "    parameters: {TeamTopicArn: arn:aws:sns:eu-west-1:111122223333:team}\nbus:\n");
        _space.Write("resources/more.yaml", """
            Parameters:
              Suffix: {Type: String, Default: x}
              Secret: {Type: AWS::SSM::Parameter::Value<String>, Default: /secret}
            Resources:
              Other: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/other], PolicyDocument: {}}}
              Named: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "${AWS::StackName}-${Suffix}-${Secret}"}}
              Joined: {Type: AWS::SQS::Queue, Properties: {QueueName: !Join ["-", [a, !Ref Suffix, !Ref Secret]]}}
              Subscription: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref TeamTopicArn, Protocol: sqs, Endpoint: !GetAtt Named.Arn}}
              Topic: {Type: AWS::SNS::Topic}
              OnDefault: {Type: AWS::Events::Rule, Properties: {Name: on-default, EventPattern: {source: [a]}}}
              Unnamed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [a]}}}
              Function: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, Layers: ["arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:14"], Code: {S3Bucket: code, S3Key: k}}}
              FunctionLog: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/aws/lambda/${Function}"}}
              Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}

            """);

        JsonObject policy = PolicyOf(_space);

        Assert.Equal(["sqs:a-x-*", "sqs:orchestrator-development-x-*", "sqs:other"], Short(policy, "Sqs").Where(arn => !arn.StartsWith("sqs:development", StringComparison.Ordinal)));
        Assert.Equal(["sns:orchestrator-development*", "sns:team"], Short(policy, "Sns"));
        Assert.Equal(["events:rule/development-application-events/*", "events:rule/on-default", "events:rule/orchestrator-development*"], Short(policy, "Events").Where(arn => arn.StartsWith("events:rule", StringComparison.Ordinal)));
        Assert.Contains("arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:14", Resources(policy, "Lambda"));
        Assert.Contains("logs:log-group:/aws/lambda/orchestrator-development*", Short(policy, "Logs"));
        Assert.Equal(["arn:aws:s3:::code", "arn:aws:s3:::code/*"], Resources(policy, "S3"));
        // Elsewhere, CloudFormation knows the value alone.
        _space.Write("resources/wide.yaml", "Resources:\n  Wide: {Type: AWS::SQS::Queue, Properties: {QueueName: !ImportValue n}}\n");
        Assert.Equal(["sqs:*"], Short(PolicyOf(_space), "Sqs"));
    }

    [Fact]
    public void Many_names_become_what_they_begin_with()
    {
        _space.Write("resources/many.yaml", "Resources:\n" + string.Concat(Enumerable.Range(0, 40).Select(number => $"  Topic{number}: {{Type: AWS::SNS::Topic, Properties: {{TopicName: team-{number}}}}}\n")));

        Assert.Equal(["sns:team-*"], Short(PolicyOf(_space), "Sns"));
    }

    [Theory]
    [InlineData("!GetAtt Role.Arn", "role/orchestrator-development*")]
    [InlineData("!Sub '${Role.Arn}'", "role/orchestrator-development*")]
    [InlineData("arn:aws:iam::111122223333:role/service/start", "role/orchestrator-development*", "role/service/start")]
    [InlineData("!Sub 'arn:aws:iam::${AWS::AccountId}:role/${ProjectName}-start'", "role/orchestrator-development*", "role/orchestrator-start")]
    [InlineData("!Ref StartRoleArn", "role/orchestrator-development*", "role/start")]
    [InlineData("!ImportValue start", "role/*", "role/orchestrator-development*")]
    public void Roles_that_are_passed_are_those_of_the_template_and_those_that_it_names(string role, params string[] expected)
    {
        _space.Replace("ebproject.yaml", "bus:\n", "    parameters: {StartRoleArn: arn:aws:iam::111122223333:role/start}\nbus:\n");
        _space.Write("resources/function.yaml", $$$"""
            Resources:
              Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {} } }
              Function: {Type: AWS::Lambda::Function, Properties: {Role: {{{role}}}, Environment: {Variables: {RoleArn: other}}, Code: {ZipFile: "-"} } }

            """);

        JsonObject policy = PolicyOf(_space);

        Assert.Equal(expected, Resources(policy, "PassRoles").Select(arn => arn.Replace("arn:aws:iam::111122223333:", "", StringComparison.Ordinal)));
        JsonNode pass = policy["Statement"]!.AsArray().Single(statement => (string)statement!["Sid"]! == "PassRoles")!;
        Assert.Contains("lambda.amazonaws.com", Texts(pass["Condition"]!["StringEquals"]!["iam:PassedToService"]));
    }

    [Fact]
    public void Without_roles_none_is_passed()
    {
        using ProjectSpace space = ProjectSpace.Of("empty");
        space.Write("resources/job.yaml", "Resources:\n  Job: {Type: AWS::Batch::JobDefinition, Properties: {Type: container}}\n");

        Assert.DoesNotContain(PolicyOf(space)["Statement"]!.AsArray(), statement => (string)statement!["Sid"]! == "PassRoles");
    }

    /// <summary>The page is generated from what the cmdlets say, and compared with the calls that they make.</summary>
    [Fact]
    public void The_policy_has_each_call_of_the_commands_of_a_project()
    {
        for (int number = 0; number < 500; number++)
            _space.Write($"rules/r{number}.yaml", "pattern: {source: [a]}\ntargets: {t: {arn: !GetAtt WelcomeQueue.Arn}}\n");
        _space.Write("resources/policy.yaml", "Resources:\n  Shared: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {}}}\n");
        string[] allowed = [.. PolicyOf(_space)["Statement"]!.AsArray().SelectMany(statement => Texts(statement!["Action"]))];

        foreach (string command in (string[])["Publish-EbProject", "Get-EbProjectStatus", "Get-EbProjectLog", "Unpublish-EbProject"])
            Assert.Empty(Called($"\n## {command}\n", "\n## ").Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_live_test_is_allowed_on_its_temporary_names_alone(string sample)
    {
        using ProjectSpace space = ProjectSpace.Of(sample);
        JsonObject policy = PolicyOf(space);

        Assert.Equal(["events:event-bus/ebops-test-*", "events:rule/ebops-test-*", "events:rule/*/ebops-test-*", "sqs:ebops-test-*"], Short(policy, DeploymentPolicy.LiveTestStatement));
        Assert.DoesNotContain(DeploymentPolicy.Required(policy, hasTest: false), statement => ((string)statement["Sid"]!).StartsWith("LiveTest", StringComparison.Ordinal));
        Assert.Contains(DeploymentPolicy.Required(policy, hasTest: true), statement => (string)statement["Sid"]! == DeploymentPolicy.LiveTestStatement);
        string[] lists = ["events:ListEventBuses", "events:ListRules", "sqs:ListQueues"];
        Assert.Equal(Called("\n### With the live test\n", "\n### ").Except(lists).Order(StringComparer.Ordinal), Texts(policy["Statement"]!.AsArray().Single(statement => (string)statement!["Sid"]! == DeploymentPolicy.LiveTestStatement)!["Action"]).Order(StringComparer.Ordinal));
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

    /// <summary>The actions of a section of the page of permissions.</summary>
    private static string[] Called(string start, string end)
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Projects", "iam.md")).ReplaceLineEndings("\n");
        int first = page.IndexOf(start, StringComparison.Ordinal) + start.Length;
        string[] actions = [.. Regex.Matches(page[first..page.IndexOf(end, first, StringComparison.Ordinal)], "\"([a-z0-9]+:[A-Za-z]+)\"").Select(match => match.Groups[1].Value).Where(action => !action.StartsWith("arn:", StringComparison.Ordinal))];
        Assert.NotEmpty(actions);
        return actions;
    }

    private static JsonObject PolicyOf(ProjectSpace space)
    {
        ProjectSettings settings = Project.Read(space.Root).Settings!;
        return DeploymentPolicy.Of(TemplateTests.Build(space), settings.Environments[0], settings).Policy;
    }

    private static string[] Resources(JsonObject policy, string id) => Texts(policy["Statement"]!.AsArray().Single(statement => (string)statement!["Sid"]! == id)!["Resource"]);

    /// <summary>The ARNs of a statement without the account and the Region.</summary>
    private static string[] Short(JsonObject policy, string id) => [.. Resources(policy, id).Select(arn => arn.Replace("arn:aws:", "", StringComparison.Ordinal).Replace("eu-west-1:111122223333:", "", StringComparison.Ordinal))];

    private static string[] Texts(JsonNode? value) => value is JsonArray several ? [.. several.Select(text => (string)text!)] : [(string)value!];

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
