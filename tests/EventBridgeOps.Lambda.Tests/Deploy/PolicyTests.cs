using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Lambda.Tests.Support;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Doors;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Lambda.Tests.Deploy;

/// <summary>The role of the function has the permissions that its calls need, and no others: each handler runs on the sandbox, and each call that is recorded is asked of the policies.</summary>
public sealed class PolicyTests : FunctionTest
{
    private const string Role = "arn:aws:iam::123456789012:role/r";

    /// <summary>The table, the queue and the topic of the stack, whose names CloudFormation makes.</summary>
    private static readonly (string Name, string Value)[] s_parameters =
    [
        ("CodeBucket", "packages"), ("CodeKey", "one.zip"), ("JobTable", "jobs"), ("TopicArn", "arn:aws:sns:eu-west-1:123456789012:people"), ("Repositories", "team/*"), ("JobDefinitions", "job"),
        ("DriftMode", "Repair"), ("DeadLetterMode", "Redrive"), ("KeepRevisions", "1"), ("MaxSeverity", "Critical"), ("RegisterImage", "true"), ("SettingsParameter", "/ebops/settings"), ("ResultEventBus", "default"), ("Clusters", "web"),
    ];

    /// <summary>Actions that AWS Lambda performs with the role of the function, so that no call of the function shows them.</summary>
    private static readonly string[] s_ofLambda = ["logs:CreateLogStream", "logs:PutLogEvents", "sqs:ReceiveMessage", "sqs:DeleteMessage"];

    /// <summary>The policies of each handler: its own, and those of its options.</summary>
    private static readonly Dictionary<string, string[]> s_handlers = new()
    {
        ["image-push"] = ["image-push", "keep-revisions", "max-severity"],
        ["drift-check"] = ["drift-check", "drift-repair"],
        ["service"] = ["service-update", "register-image", "service-deployment"],
        ["job-state"] = ["job-state"],
        ["dead-letter"] = ["dead-letter", "redrive"],
    };

    /// <summary>The policies that each handler needs once, at the start or in the end.</summary>
    private static readonly string[] s_shared = ["settings-parameter", "result-event-bus", "topic"];

    private readonly List<(string Payload, Dictionary<string, string> Other)> _payloads = [];
    private readonly Dictionary<string, Func<Task>> _before = [];
    private Dictionary<string, string> _made = [];
    private Dictionary<string, string> _policies = [];

    protected override SandboxOptions Options => new() { Seed = 1, KeepUnknownMembers = true, RecordBodies = true };

    private Dictionary<string, string> Environment => new()
    {
        ["EBOPS_TABLE"] = _made["Table"], ["EBOPS_PARKED_QUEUE"] = _made["ParkedQueue"], ["EBOPS_SETTINGS"] = "/ebops/settings", ["EBOPS_TOPIC_ARN"] = "arn:aws:sns:eu-west-1:123456789012:people", ["EBOPS_RESULT_BUS"] = "default",
        ["ECR_REPOSITORY_NAME"] = "team/*", ["BATCH_JOB_DEFINITION_NAME"] = "job", ["DYNAMODB_TABLE_NAME"] = "jobs", ["EBOPS_DRIFT"] = "Repair", ["EBOPS_DEAD_LETTERS"] = "Redrive", ["EBOPS_KEEP_REVISIONS"] = "1",
        ["EBOPS_MAX_SEVERITY"] = "Critical", ["EBOPS_REGISTER_IMAGE"] = "true", ["CLUSTER_NAME"] = "web", ["SERVICE_NAME"] = "app",
    };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        StackClient stacks = new(Aws);
        await stacks.CreateAsync("ebops", Template.Automation.Only("AWS::IAM::Role", "AWS::IAM::Policy", "AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::Logs::LogGroup", "AWS::SNS::Topic"), s_parameters);
        Server.AdvanceTime(TimeSpan.FromMinutes(5));
        _made = await stacks.ResourcesAsync("ebops");
        foreach (XElement name in (await stacks.Iam("ListRolePolicies", ("RoleName", _made["Role"]))).Descendants("member"))
            _policies[name.Value] = Uri.UnescapeDataString((await stacks.Iam("GetRolePolicy", ("RoleName", _made["Role"]), ("PolicyName", name.Value))).Descendants("PolicyDocument").Single().Value);
        (await Aws.Send("ssm", "/", "AmazonSSM.PutParameter", """{"Name":"/ebops/settings","Type":"String","Value":"{\"push\":{\"tags\":[\"v*\"]}}"}""")).Succeeded();
        (await Aws.Send("sns", "/", null, "Action=CreateTopic&Version=2010-03-31&Name=people", "application/x-www-form-urlencoded")).Succeeded();
        // Above ten rules, those of a target are found by its ARN.
        for (int filler = 0; filler < 12; filler++)
            (await Aws.Events("PutRule", $$"""{"Name":"filler-{{filler}}","ScheduleExpression":"rate(1 day)"}""")).Succeeded();
    }

    [Fact]
    public async Task Each_policy_of_the_template_is_that_of_a_handler_or_of_an_option() =>
        Assert.Equal(s_handlers.Values.SelectMany(names => names).Concat(s_shared).Append("every-handler").Distinct().Order(), _policies.Keys.Order());

    [Theory]
    [InlineData("every handler", "every-handler", "settings-parameter", "result-event-bus", "topic")]
    [InlineData("image-push", "image-push", "keep-revisions", "max-severity")]
    [InlineData("drift-check", "drift-check", "drift-repair")]
    [InlineData("service-update", "service-update", "register-image")]
    [InlineData("service-deployment", "service-deployment")]
    [InlineData("job-state", "job-state")]
    [InlineData("dead-letter", "dead-letter", "redrive")]
    public void The_page_says_what_the_template_says(string handler, params string[] policies) =>
        Assert.Equal(policies.SelectMany(Actions).Distinct().Order(), PageTests.Own(handler).Order());

    [Theory]
    [InlineData("image-push")]
    [InlineData("drift-check")]
    [InlineData("service")]
    [InlineData("job-state")]
    [InlineData("dead-letter")]
    public async Task A_handler_may_do_what_it_does_and_nothing_else(string handler)
    {
        await ArrangeAsync(handler);
        List<SandboxCall> calls = [];
        foreach ((string payload, Dictionary<string, string> other) in _payloads)
        {
            await _before.GetValueOrDefault(payload, () => Task.CompletedTask)();
            Server.ClearCalls();
            Dictionary<string, string> environment = new(Environment);
            foreach ((string name, string value) in other)
                environment[name] = value;
            await using RunningFunction function = new(Server, environment);
            (await function.InvokeAsync(payload)).Succeeded();
            calls.AddRange(Server.Calls);
            Server.AdvanceTime(TimeSpan.FromMinutes(20)); // A deployment ends.
        }

        CalledAction[] called = [.. calls.SelectMany(CalledAction.Of).Distinct()];
        string[] own = [.. s_handlers[handler]];
        string[] may = [.. own, "every-handler", .. s_shared, .. handler == "dead-letter" ? s_handlers["drift-check"] : []]; // It repairs targets by the policy for drift.

        string[] missing = [.. called.Where(action => !Decide(may, action).IsAllowed).Select(action => $"{action.Action} on {action.Resource}: no policy of {handler} allows it")];
        Assert.True(missing.Length == 0, string.Join('\n', missing));
        IEnumerable<string> needless =
            from name in own
            from action in Actions(name)
            where !s_ofLambda.Contains(action) && !called.Any(one => one.Action == action && Decide([name], one).IsAllowed)
            select $"{name}: {action} is allowed, and nothing needs it";
        Assert.False(needless.Any(), string.Join('\n', needless));
    }

    private PolicyDecision Decide(IEnumerable<string> names, CalledAction action)
    {
        PolicyRequest request = PolicyRequest.OfRole(Role, action.Action, action.Resource, "eu-west-1");
        return PolicyEvaluation.OfIdentity(names.Select(name => new KeyValuePair<string, string>(name, _policies[name])), action.PassedTo is { } service ? request with { Context = request.Context.With("iam:PassedToService", service) } : request);
    }

    private IEnumerable<string> Actions(string name) =>
        ((JsonArray)JsonNode.Parse(_policies[name])!["Statement"]!).SelectMany(statement => statement!["Action"] is JsonArray several ? several.Select(one => one!.ToString()) : [statement["Action"]!.ToString()]).Distinct();

    private Task ArrangeAsync(string handler) => handler switch
    {
        "image-push" => PushesAsync(),
        "drift-check" => DriftAsync(),
        "service" => DeploysAsync(),
        "job-state" => JobAsync(),
        _ => DeadLettersAsync(),
    };

    private async Task RegisterAsync(string tag) => (await Aws.Batch("RegisterJobDefinition", $$$$"""
        {"jobDefinitionName":"job","type":"container","tags":{"team":"a"},"containerProperties":{"image":"{{{{Registry}}}}/team/app:{{{{tag}}}}","vcpus":1,"memory":128,"jobRoleArn":"{{{{Role}}}}","executionRoleArn":"{{{{Role}}}}"}}
        """)).Succeeded();

    /// <summary>Two pushes: of an image, and of an image for several platforms, whose findings are read, and after which old revisions are deregistered.</summary>
    private async Task PushesAsync()
    {
        await RegisterAsync("v1");
        await PutTargetAsync("r", "job:2");
        _payloads.Add((await PushAsync("v2"), []));
        string event3 = await PushAsync("v3");
        string before = (await Aws.Ecr("DescribeImages", """{"repositoryName":"team/app","imageIds":[{"imageTag":"v3"}]}""")).Json.GetProperty("imageDetails")[0].GetProperty("imageDigest").GetString()!;
        await PushIndexAsync("v3", 1);
        string index = (await Aws.Ecr("DescribeImages", """{"repositoryName":"team/app","imageIds":[{"imageTag":"v3"}]}""")).Json.GetProperty("imageDetails")[0].GetProperty("imageDigest").GetString()!;
        _payloads.Add((event3.Replace(before, index, StringComparison.Ordinal), []));
        Server.Faults.Add("DescribeImageScanFindings", Fault.Malformed("""{"imageScanStatus":{"status":"COMPLETE"},"imageScanFindings":{"findingSeverityCounts":{"LOW":1}}}"""));
    }

    /// <summary>An image for several platforms, whose parts are read.</summary>
    private async Task PushIndexAsync(string tag, int number) =>
        await Aws.Ecr("PutImage", $$$$"""{"repositoryName":"team/app","imageTag":"{{{{tag}}}}","imageManifestMediaType":"application/vnd.oci.image.index.v1+json","imageManifest":"{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[],\"annotations\":{\"n\":\"{{{{number}}}}\"}}"}""");

    private async Task DriftAsync()
    {
        await RegisterAsync("v1");
        _payloads.Add(("""{"id":"1","source":"aws.events","detail-type":"Scheduled Event","detail":{}}""", []));
    }

    /// <summary>A deployment that is completed, and one that fails, so that the service is read again.</summary>
    private async Task DeploysAsync()
    {
        await PushIndexAsync("v2", 1);
        await MakeServiceAsync();
        (await Aws.Ecs("RegisterTaskDefinition", $$"""
            {"family":"app","taskRoleArn":"{{Role}}","executionRoleArn":"{{Role}}","tags":[{"key":"a","value":"b"}],"containerDefinitions":[{"name":"main","image":"{{Registry}}/team/app:v1","memory":128,"essential":true}]}
            """)).Succeeded();
        (await Aws.Ecs("UpdateService", """{"cluster":"web","service":"app","taskDefinition":"app:2"}""")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMinutes(20));
        _payloads.Add((Ready("e1"), []));
        // Without a new revision, what runs is compared with the tag, by digest: what the tasks say, if the revision of the service cannot be read, and the parts of an image whose tag has moved.
        Dictionary<string, string> forced = new() { ["EBOPS_REGISTER_IMAGE"] = "false", ["CLUSTER_NAME"] = "*", ["SERVICE_NAME"] = "*" };
        _payloads.Add((Ready("e2"), forced));
        Server.Faults.Add("DescribeServiceRevisions", Fault.Error(400, "InvalidParameterException", "no"), times: 1);
        Server.Faults.Add("ListTasks", Fault.Malformed("""{"taskArns":["arn:aws:ecs:eu-west-1:123456789012:task/web/1"]}"""));
        Server.Faults.Add("DescribeTasks", Fault.Malformed("""{"tasks":[]}"""));
        _payloads.Add((Ready("e3"), forced));
        _before[Ready("e3")] = () => PushIndexAsync("v2", 2);
    }

    private async Task JobAsync()
    {
        (await Aws.Send("dynamodb", "/", "DynamoDB_20120810.CreateTable", """
            {"TableName":"jobs","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"jobId","AttributeType":"S"}],"KeySchema":[{"AttributeName":"jobId","KeyType":"HASH"}]}
            """, "application/x-amz-json-1.0")).Succeeded();
        (await Aws.Send("dynamodb", "/", "DynamoDB_20120810.PutItem", JobItem.Of("jobs", "job_1795771200000_abc123def"), "application/x-amz-json-1.0")).Succeeded();
        _payloads.Add(((await File.ReadAllTextAsync(Repository.Path("examples", "automation", "job-state", "event.json"), Token)), []));
    }

    /// <summary>Dead letters of each kind of target: some that can be delivered, and some of which the role, or the policy of the target, is asked.</summary>
    private async Task DeadLettersAsync()
    {
        (await Aws.Events("CreateEventBus", """{"Name":"other"}""")).Succeeded();
        await QueueAsync("work");
        await new StackClient(Aws).Iam("CreateRole", ("RoleName", "r"), ("AssumeRolePolicyDocument", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}]}"""));
        string zip = Convert.ToBase64String(Zip());
        Assert.Equal(201, (await Aws.Send("lambda", "/2015-03-31/functions", null, $$$"""{"FunctionName":"any","Runtime":"provided.al2023","Handler":"bootstrap","Role":"{{{Role}}}","Code":{"ZipFile":"{{{zip}}}"}}""")).Status);
        Server.Faults.Add("SubmitJob", Fault.ResetAfter(), times: 1);
        await RegisterAsync("v1");
        await PutTargetAsync("r", "job:2");
        (string Rule, string Arn)[] targets =
        [
            ("queue", "arn:aws:sqs:eu-west-1:123456789012:work"), ("topic", "arn:aws:sns:eu-west-1:123456789012:people"), ("function", "arn:aws:lambda:eu-west-1:123456789012:function:any"), ("bus", "arn:aws:events:eu-west-1:123456789012:event-bus/other"),
        ];
        foreach ((string rule, string arn) in targets)
        {
            (await Aws.Events("PutRule", $$"""{"Name":"{{rule}}","EventPattern":"{\"source\":[\"s\"]}"}""")).Succeeded();
            (await Aws.Events("PutTargets", $$"""{"Rule":"{{rule}}","Targets":[{"Id":"t","Arn":"{{arn}}"{{(rule == "bus" ? $",\"RoleArn\":\"{Role}\"" : "")}}}]}""")).Succeeded();
        }

        (string Rule, string Arn)[] all = [.. targets, ("r", "arn:aws:batch:eu-west-1:123456789012:job-queue/q")];
        _payloads.Add((Batch([.. all.SelectMany(target => new[] { Letter(target, "THROTTLING", "slow"), Letter(target, "NO_PERMISSIONS", "no"), Letter(target, "NO_RESOURCE", "gone"), Letter(target, "ERROR_FROM_TARGET", "too large") })]), []));
        await StaleAsync();
    }

    /// <summary>A dead letter whose job definition was deregistered: it is diagnosed and parked, and then its target is repaired and the event is delivered.</summary>
    private async Task StaleAsync()
    {
        (await Aws.Events("PutRule", """{"Name":"stale","EventPattern":"{\"source\":[\"s\"]}"}""")).Succeeded();
        await PutTargetAsync("stale", "job:1");
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"job:1"}""")).Succeeded();
        (string Rule, string Arn) target = ("stale", "arn:aws:batch:eu-west-1:123456789012:job-queue/q");
        _payloads.Add((Batch(Letter(target, "ERROR_FROM_TARGET", "Job Definition job:1 not found or not ACTIVE.")), new() { ["EBOPS_DEAD_LETTERS"] = "Park" }));
        _payloads.Add((Batch(Letter(target, "RESOURCE_NOT_FOUND", "Job Definition job:1 not found or not ACTIVE.")), []));
    }

    private static byte[] Zip()
    {
        using MemoryStream zipped = new();
        using (ZipArchive package = new(zipped, ZipArchiveMode.Create, leaveOpen: true))
        using (StreamWriter writer = new(package.CreateEntry("bootstrap").Open()))
            writer.Write("#!/bin/sh\n");
        return zipped.ToArray();
    }

    private static string Batch(params string[] records) => $$"""{"Records":[{{string.Join(',', records)}}]}""";

    private static string Letter((string Rule, string Arn) target, string code, string message) => $$$$"""
        {"messageId":"{{{{target.Rule}}}}-{{{{code}}}}","receiptHandle":"h","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-west-1:123456789012:dead","attributes":{"ApproximateReceiveCount":"1"},
         "body":"{\"id\":\"e\",\"source\":\"s\",\"detail-type\":\"d\",\"time\":\"2026-01-01T00:00:00Z\",\"detail\":{}}",
         "messageAttributes":{"ERROR_CODE":{"stringValue":"{{{{code}}}}","dataType":"String"},"ERROR_MESSAGE":{"stringValue":"{{{{message}}}}","dataType":"String"},
          "RULE_ARN":{"stringValue":"arn:aws:events:eu-west-1:123456789012:rule/{{{{target.Rule}}}}","dataType":"String"},"TARGET_ARN":{"stringValue":"{{{{target.Arn}}}}","dataType":"String"}}}
        """;
}
