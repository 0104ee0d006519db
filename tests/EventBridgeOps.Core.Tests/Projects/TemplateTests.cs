using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Projects.Making;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Projects.Testing;

namespace EventBridgeOps.Core.Tests.Projects;

/// <summary>What a project becomes in CloudFormation.</summary>
public sealed class TemplateTests
{
    public static TheoryData<string> Samples => [.. ProjectSamples.Names];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_becomes_the_same_template_each_time_without_a_warning(string sample)
    {
        using ProjectSpace space = ProjectSpace.Of(sample);

        ProjectTemplate first = Build(space), second = Build(space);

        Assert.Equal(Document.Write(first.Root), Document.Write(second.Root));
        Assert.Empty(first.Warnings);
        Assert.Empty(first.Nested);
        Assert.InRange(Encoding.UTF8.GetByteCount(Document.Write(first.Root)), 1, ProjectLimits.InlineTemplateBytes);
        Assert.Equal($"{Project.Read(space.Root).Settings!.Name}-{first.Tags["environment"]}", first.StackName);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Cfn_lint_finds_nothing(string sample)
    {
        using ProjectSpace space = ProjectSpace.Of(sample);
        string path = Path.Combine(space.Root, ProjectExport.TemplateFile);
        await File.WriteAllTextAsync(path, Document.WriteIndented(Build(space).Root), TestContext.Current.CancellationToken);

        Assert.Equal("", await Lint.FindAsync(path));
    }

    [Fact]
    public void Everything_that_can_have_tags_has_those_of_the_project()
    {
        using ProjectSpace space = ProjectSpace.Of("orchestrator");
        space.Replace("ebproject.yaml", "archive:\n", "tags: {team: media}\narchive:\n");

        ProjectTemplate template = Build(space);

        Assert.Equal("media", template.Tags["team"]);
        Assert.All(Resources(template, "AWS::Events::Rule", "AWS::SQS::Queue", "AWS::EventSchemas::Schema", "AWS::Logs::Delivery", "AWS::CloudWatch::Alarm").Where(resource => resource.Value["Properties"]!["QueueName"] is not JsonObject), resource =>
            Assert.Equal(["project", "environment", "team"], resource.Value["Properties"]!["Tags"]!.AsArray().Select(tag => tag!["Key"]!.GetValue<string>())));
    }

    [Fact]
    public void A_rule_waits_for_its_dead_letter_queue_and_has_three_alarms()
    {
        using ProjectSpace space = ProjectSpace.Of("orchestrator");

        ProjectTemplate template = Build(space);

        foreach (KeyValuePair<string, JsonObject> rule in Resources(template, "AWS::Events::Rule"))
        {
            Assert.Equal("DeadLetterQueuePolicy", rule.Value["DependsOn"]!.GetValue<string>());
            JsonObject target = rule.Value["Properties"]!["Targets"]![0]!.AsObject();
            Assert.Equal("""{"MaximumEventAgeInSeconds":3600,"MaximumRetryAttempts":10}""", target["RetryPolicy"]!.ToJsonString());
            Assert.Equal("""{"Arn":{"Fn::GetAtt":["DeadLetterQueue","Arn"]}}""", target["DeadLetterConfig"]!.ToJsonString());
            string name = rule.Value["Properties"]!["Name"]!.GetValue<string>();
            JsonObject[] alarms = [.. Resources(template, "AWS::CloudWatch::Alarm").Select(alarm => alarm.Value["Properties"]!.AsObject()).Where(alarm => alarm["Dimensions"]!.AsArray().Any(each => Document.Text(each!["Value"]) == name))];
            Assert.Equal(["InvocationsSentToDlq", "InvocationsFailedToBeSentToDlq", "FailedInvocations"], alarms.Select(alarm => alarm.String("MetricName")));
            Assert.All(alarms, alarm => Assert.Equal(["EventBusName", "RuleName"], alarm["Dimensions"]!.AsArray().Select(each => each!["Name"]!.GetValue<string>())));
        }

        JsonObject queue = template.Root["Resources"]!["DeadLetterQueue"]!["Properties"]!.AsObject();
        Assert.Equal((1_048_576, 1_209_600, true), (queue["MaximumMessageSize"]!.GetValue<int>(), queue["MessageRetentionPeriod"]!.GetValue<int>(), queue["SqsManagedSseEnabled"]!.GetValue<bool>()));
        JsonObject statement = Assert.Single(template.Root["Resources"]!["DeadLetterQueuePolicy"]!["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray())!.AsObject();
        Assert.Equal("""{"ArnLike":{"aws:SourceArn":{"Fn::Sub":"arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/${EventBusName}/*"}},"StringEquals":{"aws:SourceAccount":{"Ref":"AWS::AccountId"}}}""", statement["Condition"]!.ToJsonString());
    }

    [Fact]
    public void The_log_has_a_source_and_a_delivery_for_each_level()
    {
        using ProjectSpace space = ProjectSpace.Of("orchestrator");
        space.Replace("ebproject.yaml", "level: ERROR", "level: INFO");

        ProjectTemplate template = Build(space);

        Assert.Equal(["ERROR_LOGS", "INFO_LOGS"], Resources(template, "AWS::Logs::DeliverySource").Select(source => source.Value["Properties"]!["LogType"]!.GetValue<string>()));
        Assert.Equal([null, "EventBusErrorLogDelivery"], Resources(template, "AWS::Logs::Delivery").Select(delivery => Document.Text(delivery.Value["DependsOn"])));
        Assert.Equal("""{"IncludeDetail":"NONE","Level":"INFO"}""", template.Root["Resources"]!["EventBus"]!["Properties"]!["LogConfig"]!.ToJsonString());
        Assert.Equal(30, template.Root["Resources"]!["EventBusLog"]!["Properties"]!["RetentionInDays"]!.GetValue<int>());
    }

    [Fact]
    public void The_default_event_bus_is_not_created()
    {
        using ProjectSpace space = ProjectSpace.Of("ecr-batch");
        space.Replace("ebproject.yaml", "defaults:", "archive: {retentionDays: 1}\nlogging: {level: ERROR}\ndefaults:");

        ProjectTemplate template = Build(space);

        Assert.Empty(Resources(template, "AWS::Events::EventBus"));
        Assert.DoesNotContain("\"EventBus\"", Document.Write(template.Root), StringComparison.Ordinal);
        Assert.Equal("/logging", Assert.Single(template.Warnings).Pointer);
        Assert.All(Resources(template, "AWS::CloudWatch::Alarm").Where(alarm => alarm.Value["Properties"]!["Namespace"]!.GetValue<string>() == "AWS/Events"), alarm =>
            Assert.Equal("RuleName", Assert.Single(alarm.Value["Properties"]!["Dimensions"]!.AsArray())!["Name"]!.GetValue<string>()));
        Assert.Equal("""{"Fn::Sub":"arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/${EventBusName}"}""", template.Root["Resources"]!["Archive"]!["Properties"]!["SourceArn"]!.ToJsonString());
    }

    [Fact]
    public void A_log_group_is_a_target_by_its_name()
    {
        using ProjectSpace space = ProjectSpace.Of("orchestrator");

        JsonNode target = Build(space).Root["Resources"]!["LogEventsRule"]!["Properties"]!["Targets"]![0]!;

        // As an attribute, the ARN ends in ':*', and nothing is delivered.
        Assert.Equal("""{"Fn::Sub":"arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${EventLog}"}""", target["Arn"]!.ToJsonString());
    }

    [Fact]
    public void What_the_project_does_not_permit_itself_is_permitted()
    {
        using ProjectSpace space = ProjectSpace.Of("empty");
        space.Write("resources/all.yaml", """
            Resources:
              Work: {Type: AWS::SQS::Queue}
              News: {Type: AWS::SNS::Topic}
              Run: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Handler: a.b, Role: !GetAtt Role.Arn, Code: {ZipFile: x}}}
              Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}
              Log: {Type: AWS::Logs::LogGroup}
              Steps: {Type: AWS::StepFunctions::StateMachine}
              Jobs: {Type: AWS::Batch::JobQueue}
              Job: {Type: AWS::Batch::JobDefinition, Properties: {JobDefinitionName: !Sub "${ProjectName}-job"}}
            """);
        space.Write("rules/all.yaml", """
            pattern: {source: [a]}
            targets:
              work: {arn: !GetAtt Work.Arn}
              news: {arn: !Ref News}
              run: {arn: !GetAtt Run.Arn}
              log: {arn: !GetAtt Log.Arn}
              steps: {arn: !Ref Steps}
            """);
        space.Write("rules/jobs.yaml", """
            pattern: {source: [b]}
            targets:
              own: {arn: !Ref Jobs, batchParameters: {jobDefinition: !Ref Job, jobName: j}}
              other: {arn: !Ref Jobs, batchParameters: {jobDefinition: agent:3, jobName: j}}
            """);

        ProjectTemplate template = Build(space);

        JsonObject resources = template.Root["Resources"]!.AsObject();
        Assert.Equal(["DeadLetterQueuePolicy", "EventLogsPolicy", "NewsEventsPolicy", "WorkEventsPolicy"], resources["AllRule"]!["DependsOn"]!.AsArray().Select(id => id!.GetValue<string>()));
        Assert.Equal("""{"Ref":"News"}""", resources["NewsEventsPolicy"]!["Properties"]!["PolicyDocument"]!["Statement"]![0]!["Resource"]!.ToJsonString());
        Assert.Equal("""{"FunctionName":{"Ref":"Run"},"Action":"lambda:InvokeFunction","Principal":"events.amazonaws.com","SourceArn":{"Fn::GetAtt":["AllRule","Arn"]}}""", resources["AllRuleRunPermission"]!["Properties"]!.ToJsonString());
        Assert.Contains("log-group:${Log}:*", resources["EventLogsPolicy"]!["Properties"]!["PolicyDocument"]!["Fn::Sub"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(["BatchTargetRole", "StateMachineTargetRole"], Resources(template, "AWS::IAM::Role").Select(role => role.Key).Where(role => role != "Role"));
        JsonNode jobs = resources["BatchTargetRole"]!["Properties"]!["Policies"]![0]!["PolicyDocument"]!["Statement"]!;
        const string Definition = "arn:${AWS::Partition}:batch:${AWS::Region}:${AWS::AccountId}:job-definition/";
        Assert.Equal($$"""[{"Effect":"Allow","Action":"batch:SubmitJob","Resource":[{"Ref":"Jobs"},{"Fn::Sub":"{{Definition}}${ProjectName}-job"},{"Fn::Sub":"{{Definition}}${ProjectName}-job:*"},{"Fn::Sub":"{{Definition}}agent"},{"Fn::Sub":"{{Definition}}agent:*"}]}]""", jobs.ToJsonString());
        Assert.Equal("""{"Fn::GetAtt":["BatchTargetRole","Arn"]}""", resources["JobsRule"]!["Properties"]!["Targets"]![1]!["RoleArn"]!.ToJsonString());
    }

    [Fact]
    public void A_policy_of_the_project_is_left_and_must_allow_its_rules()
    {
        using ProjectSpace space = ProjectSpace.Of("orchestrator");
        Assert.Equal("QueuePolicy", Assert.Single(Resources(Build(space), "AWS::SQS::QueuePolicy"), policy => policy.Key != "DeadLetterQueuePolicy").Key);

        space.Replace("resources/queues.yaml", "rule/${EventBusName}/*", "rule/${EventBusName}/index-*");

        Assert.Equal(["transcribe-uploads/transcription", "welcome-users/welcome"], Build(space).Warnings.Select(warning => warning.Item));
        Assert.Contains(space.Found(), found => found.StartsWith("rules/welcome-users.yaml:8:10: error: The policy that the project declares for WelcomeQueue does not allow EventBridge to call sqs:SendMessage for rule welcome-users.", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_retained_outlives_the_stack()
    {
        using ProjectSpace space = ProjectSpace.Of("orchestrator");
        space.Replace("ebproject.yaml", "archive:\n", "retain: [archive, deadLetterQueues, logs, schemas, IndexQueue]\narchive:\n");

        string[] kept = [.. Build(space).Root["Resources"]!.AsObject().Where(resource => resource.Value!["DeletionPolicy"] is not null).Select(resource => resource.Key)];

        Assert.Equal(
            ["Archive", "AudioUploadedV1Schema", "DeadLetterQueue", "DocumentUploadedV1Schema", "EventBus", "EventBusLog", "IndexQueue", "SchemaRegistry", "TranscriptionCompletedV1Schema", "UserRegisteredV1Schema", "VideoUploadedV1Schema"],
            kept.Order(StringComparer.Ordinal));
        space.Replace("ebproject.yaml", "IndexQueue]", "IndexQeue]");
        Assert.Contains("ebproject.yaml:10:52: error: IndexQeue is neither archive, deadLetterQueues, logs, schemas, nor a resource. Did you mean IndexQueue? [/retain/4]", space.Found());
    }

    [Fact]
    public void An_ID_that_the_project_makes_is_refused_for_another_resource()
    {
        using ProjectSpace space = ProjectSpace.Of("orchestrator");
        space.Write("resources/archive.yaml", "Resources: {Archive: {Type: AWS::S3::Bucket}}\n");

        OpsException refused = Assert.Throws<OpsException>(() => Build(space));

        Assert.Equal("Resource Archive in resources/archive.yaml has the logical ID of a resource that the project makes. Rename it.", refused.Message);
        Assert.Contains(space.Found(), found => found.Contains(refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_schema_that_the_registry_does_not_take_is_converted_and_said()
    {
        using ProjectSpace space = ProjectSpace.Of("orchestrator");
        space.Replace("schemas/user-registered.v1.json", "\"type\": \"object\",", "\"type\": \"object\", \"unevaluatedProperties\": true, \"propertyNames\": {\"maxLength\": 50},");

        ProjectTemplate template = Build(space);

        TemplateWarning warning = Assert.Single(template.Warnings);
        Assert.Equal(("user-registered.v1", "schemas/user-registered.v1.json", "/propertyNames"), (warning.Item, warning.File, warning.Pointer));
        JsonObject schema = template.Root["Resources"]!["UserRegisteredV1Schema"]!["Properties"]!.AsObject();
        Assert.Equal(("user-registered.v1", "JSONSchemaDraft4"), (schema.String("SchemaName"), schema.String("Type")));
        Assert.Equal("http://json-schema.org/draft-04/schema#", Document.Parse(schema.String("Content")!).String("$schema"));
    }

    [Fact]
    public void A_retired_schema_is_left_out()
    {
        using ProjectSpace space = ProjectSpace.Of("orchestrator");
        space.Replace("ebproject.yaml", "  policy: lenient", "  policy: lenient\n  retired: [user-registered.v1]");

        Assert.DoesNotContain("UserRegisteredV1Schema", Build(space).Root["Resources"]!.AsObject().Select(resource => resource.Key));
    }

    internal static ProjectTemplate Build(ProjectSpace space)
    {
        Project project = Project.Read(space.Root);
        Assert.Empty(project.Faults);
        return ProjectTemplates.Build(project, project.Settings!.Environments[0]);
    }

    internal static IEnumerable<KeyValuePair<string, JsonObject>> Resources(ProjectTemplate template, params string[] kinds) =>
        template.Root["Resources"]!.AsObject().Where(resource => kinds.Contains(resource.Value!["Type"]!.GetValue<string>())).Select(resource => KeyValuePair.Create(resource.Key, resource.Value!.AsObject()));
}

/// <summary>The linter of CloudFormation templates, where it is installed.</summary>
internal static class Lint
{
    public static async Task<string> FindAsync(params string[] files)
    {
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "cfn-lint"))), "SKIPPED: cfn-lint is not on the PATH, so the templates are not checked with it.");
        ProcessStartInfo start = new("cfn-lint", ["--include-checks", "W", "--", .. files]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process lint = Process.Start(start)!;
        Task<string> errors = lint.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string found = await lint.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await lint.WaitForExitAsync(TestContext.Current.CancellationToken);
        return lint.ExitCode == 0 ? found : found + $"cfn-lint ended with {lint.ExitCode}.";
    }
}
