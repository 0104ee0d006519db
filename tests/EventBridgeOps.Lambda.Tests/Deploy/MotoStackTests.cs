using System.Text.Json;
using System.Xml.Linq;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.Installation;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Lambda.Tests.Deploy;

/// <summary>The template on moto, whose CloudFormation others wrote. It leaves out kinds that it does not know; the rest is read back from the services.</summary>
public sealed class MotoStackTests : IAsyncLifetime
{
    /// <summary>The kinds that moto 5.2 leaves out.</summary>
    private static readonly string[] s_skipped = ["AWS::CloudWatch::Alarm", "AWS::Lambda::EventInvokeConfig", "AWS::SNS::Subscription", "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy"];

    private static readonly (string Name, string Value)[] s_parameters =
    [
        ("CodeBucket", "packages"), ("CodeKey", "one.zip"), ("JobTable", "jobs"), ("NotificationEmail", "ann@example.com"), ("Repositories", "team/*"), ("JobDefinitions", "job-*"), ("EventBuses", "mvp-*"),
        ("DriftMode", "Repair"), ("DeadLetterMode", "Redrive"), ("KeepRevisions", "3"), ("MaxSeverity", "High"), ("RegisterImage", "true"), ("SettingsParameter", "/ebops/settings"), ("ResultEventBus", "results"), ("Clusters", "web"), ("PassRoles", "batch-*"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("ebops-test-").FullName;
    private MotoEngine _moto = null!;
    private AwsClient _aws = null!;
    private StackClient _stacks = null!;

    public async ValueTask InitializeAsync()
    {
        _moto = await MotoFixture.StartAsync();
        _aws = new AwsClient(_moto.Endpoint);
        _stacks = new StackClient(_aws);
        await _stacks.UploadAsync("packages", "one.zip", "not a package: moto does not start it");
    }

    public async ValueTask DisposeAsync()
    {
        _aws?.Dispose();
        if (_moto is not null)
            await _moto.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_makes_each_kind_but_those_that_moto_does_not_know()
    {
        Dictionary<string, string> made = await _stacks.CreateAsync("ebops", Template.Automation.Text, s_parameters);
        // Each condition of the template is met by these parameters.
        Assert.Equal(s_skipped, Template.Automation.Resources.Where(resource => !made.ContainsKey(resource.Id)).Select(resource => resource.Kind).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(Template.Automation.Resources.Where(resource => made.ContainsKey(resource.Id)).Select(resource => resource.Kind).Intersect(s_skipped));
    }

    [Fact]
    public async Task The_services_have_what_the_template_says()
    {
        Dictionary<string, string> made = await _stacks.CreateAsync("ebops", Template.Automation.Text, s_parameters);

        JsonElement function = (await _aws.Send("lambda", "/2015-03-31/functions/ebops", null, "", method: HttpMethod.Get)).Succeeded().Json.GetProperty("Configuration");
        Assert.Equal(("provided.al2023", "bootstrap", 300, 256), (function.GetProperty("Runtime").GetString(), function.GetProperty("Handler").GetString(), function.GetProperty("Timeout").GetInt32(), function.GetProperty("MemorySize").GetInt32()));
        JsonElement variables = function.GetProperty("Environment").GetProperty("Variables");
        Assert.Equal(made["Table"], variables.GetProperty("EBOPS_TABLE").GetString());
        Assert.Equal(made["ParkedQueue"], variables.GetProperty("EBOPS_PARKED_QUEUE").GetString());
        Assert.Equal("team/*", variables.GetProperty("ECR_REPOSITORY_NAME").GetString());
        Assert.Equal("/ebops/settings", variables.GetProperty("EBOPS_SETTINGS").GetString());

        JsonElement mapping = (await _aws.Send("lambda", "/2015-03-31/event-source-mappings/", null, "", method: HttpMethod.Get)).Succeeded().Json.GetProperty("EventSourceMappings")[0];
        Assert.Equal("ReportBatchItemFailures", mapping.GetProperty("FunctionResponseTypes")[0].GetString());
        Assert.EndsWith(":" + made["DeadLetterQueue"].Split('/')[^1], mapping.GetProperty("EventSourceArn").GetString(), StringComparison.Ordinal);

        string[] rules = [.. (await _aws.Events("ListRules", "{}")).Json.GetProperty("Rules").EnumerateArray().Select(rule => rule.GetProperty("Name").GetString()!)];
        Assert.Equal(6, rules.Length);
        foreach (string rule in rules)
        {
            JsonElement target = (await _aws.Events("ListTargetsByRule", $$"""{"Rule":"{{rule}}"}""")).Json.GetProperty("Targets")[0];
            Assert.Equal(function.GetProperty("FunctionArn").GetString(), target.GetProperty("Arn").GetString());
            Assert.EndsWith(":" + made["DeadLetterQueue"].Split('/')[^1], target.GetProperty("DeadLetterConfig").GetProperty("Arn").GetString(), StringComparison.Ordinal);
        }

        string policy = (await _aws.Send("lambda", "/2015-03-31/functions/ebops/policy", null, "", method: HttpMethod.Get)).Succeeded().Json.GetProperty("Policy").GetString()!;
        Assert.All(rules, rule => Assert.Contains($":rule/{rule}\"", policy, StringComparison.Ordinal));

        JsonElement table = (await _aws.Send("dynamodb", "/", "DynamoDB_20120810.DescribeTable", $$"""{"TableName":"{{made["Table"]}}"}""", "application/x-amz-json-1.0")).Succeeded().Json.GetProperty("Table");
        Assert.Equal(["id HASH", "at RANGE"], table.GetProperty("KeySchema").EnumerateArray().Select(key => $"{key.GetProperty("AttributeName").GetString()} {key.GetProperty("KeyType").GetString()}"));

        JsonElement queue = (await _aws.Send("sqs", "/", "AmazonSQS.GetQueueAttributes", $$"""{"QueueUrl":"{{made["DeadLetterQueue"]}}","AttributeNames":["All"]}""", "application/x-amz-json-1.0")).Succeeded().Json.GetProperty("Attributes");
        Assert.Equal(("1048576", "1209600", "5400"), (queue.GetProperty("MaximumMessageSize").GetString(), queue.GetProperty("MessageRetentionPeriod").GetString(), queue.GetProperty("VisibilityTimeout").GetString()));

        JsonElement log = (await _aws.Send("logs", "/", "Logs_20140328.DescribeLogGroups", "{}")).Succeeded().Json.GetProperty("logGroups")[0];
        Assert.Equal((made["Logs"], 14), (log.GetProperty("logGroupName").GetString(), log.GetProperty("retentionInDays").GetInt32()));
    }

    [Fact]
    public async Task It_is_installed_updated_with_another_package_and_removed_as_on_the_sandbox()
    {
        using OpsSession person = OpsSession.Open(new SessionOptions { Host = new SessionHost { Environment = name => _moto.Environment.GetValueOrDefault(name), Time = new Impatient() } });
        string[] before = await Inventory.OfAsync(_aws);
        AutomationStack first = await InstallAsync(person, 1);
        Assert.Equal(InstallStatus.Installed, first.Status);
        string? code = await CodeAsync();
        AutomationStack second = await InstallAsync(person, 2);
        Assert.Equal((InstallStatus.Updated, first.TableName), (second.Status, second.TableName));
        Assert.NotEqual(code, await CodeAsync());

        List<RemovedResource> removed = await person.Get<AutomationUninstaller>().RemoveAsync(new UninstallRequest(), Write, new RecordingObserver(), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.All(removed, resource => Assert.True(resource.Status == RemovalStatus.Deleted, resource.ToString()));
        Assert.Equal(before, await Inventory.OfAsync(_aws));
    }

    /// <summary>Installs without the test event, because moto runs functions only with Docker; and with each parameter, because moto's change sets do not keep previous values.</summary>
    private async Task<AutomationStack> InstallAsync(OpsSession person, int version) =>
        (await person.Get<AutomationInstaller>().InstallAsync(new InstallRequest { PackagePath = FunctionPackage.Write(_folder, version), SkipTest = true, Parameter = Template.Automation.Defaults }, Write, new RecordingObserver(), TestContext.Current.CancellationToken))!;

    private async Task<string?> CodeAsync() => (await _aws.Send("lambda", "/2015-03-31/functions/ebops", null, "", method: HttpMethod.Get)).Succeeded().Json.GetProperty("Configuration").GetProperty("CodeSha256").GetString();

    private static Task<Approval> Write(PlannedChange change, CancellationToken cancellationToken) => Task.FromResult(Approval.Write);

    [Fact]
    public async Task The_role_has_a_policy_for_each_handler_within_the_quota()
    {
        Dictionary<string, string> made = await _stacks.CreateAsync("ebops", Template.Automation.Text, s_parameters);
        string[] names = [.. (await _stacks.Iam("ListRolePolicies", ("RoleName", made["Role"]))).Descendants("member").Select(member => member.Value)];
        Assert.Equal(Template.Automation.Resources.Where(resource => resource.Kind == "AWS::IAM::Policy").Select(policy => Template.Property(policy.Node, "PolicyName")!.ToString()).Order(), names.Order());

        int characters = 0;
        foreach (string name in names)
        {
            XElement answer = await _stacks.Iam("GetRolePolicy", ("RoleName", made["Role"]), ("PolicyName", name));
            characters += Uri.UnescapeDataString(answer.Descendants("PolicyDocument").Single().Value).Count(letter => !char.IsWhiteSpace(letter));
        }

        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: 10,240 characters of inline policies, without white space.
        Assert.InRange(characters, 1000, 10_240);
    }
}
