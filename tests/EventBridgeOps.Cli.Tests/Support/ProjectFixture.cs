using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Sandbox;

namespace EventBridgeOps.Cli.Tests.Support;

/// <summary>A project that is deployed to a sandbox.</summary>
public abstract class ProjectFixture : CliTest
{
    internal ManualTimeProvider Time { get; } = new() { AutoAdvance = true, Origin = new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero) };

    internal string Folder => Path.Combine(Journal, "project");

    internal string Settings => Path.Combine(Folder, "ebproject.yaml");

    // The sandbox and the command have one clock, so that nobody waits.
    protected override SandboxOptions Options => new() { TimeProvider = Time };

    /// <summary>The stack of the project, if there is one.</summary>
    internal const string Stack = "orchestrator-development";

    protected async Task MakeAsync(string sample)
    {
        (await Ebops.RunAsync(["project", "new", Folder, "--sample", sample])).Ended(ExitCode.Done);
        foreach (string file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains("111122223333", StringComparison.Ordinal)))
            await ReplaceAsync(file, "111122223333", "123456789012");
        if (sample != "mvp")
            return;
        // The sample account has these.
        await ReplaceAsync(Settings, "bus: mvp-development", "bus: mvp-try");
    }

    protected static async Task ReplaceAsync(string file, string old, string now)
    {
        string text = await File.ReadAllTextAsync(file, Token);
        Assert.Contains(old, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text.Replace(old, now, StringComparison.Ordinal), Token);
    }

    private protected Task<Outcome> PublishAsync(params string[] more) => ProjectAsync("publish", ["--yes", .. more]);

    private protected Task<Outcome> ProjectAsync(string command, params string[] more) => RunAsync(Time, ["project", command, Folder, .. more]);

    /// <summary>All that there is of each kind that a project consists of.</summary>
    protected async Task<string[]> ListAsync()
    {
        List<string> names = [];
        foreach (string bus in Names(await SendAsync("events", "AWSEvents.ListEventBuses", "{}"), "EventBuses", "Name"))
        {
            names.Add("bus " + bus);
            names.AddRange(Names(await SendAsync("events", "AWSEvents.ListRules", new JsonObject { ["EventBusName"] = bus }.ToJsonString()), "Rules", "Name").Select(rule => $"rule {bus}/{rule}"));
        }

        names.AddRange(Names(await SendAsync("events", "AWSEvents.ListArchives", "{}"), "Archives", "ArchiveName").Select(archive => "archive " + archive));
        names.AddRange((await SendAsync("sqs", "AmazonSQS.ListQueues", "{}"))["QueueUrls"]?.AsArray().Select(url => "queue " + ((string)url!).Split('/')[^1]) ?? []);
        names.AddRange(Names(await SendAsync("logs", "Logs_20140328.DescribeLogGroups", "{}"), "logGroups", "logGroupName").Select(group => "log group " + group));
        names.AddRange(Names(await SendAsync("logs", "Logs_20140328.DescribeDeliveries", "{}"), "deliveries", "id").Select(delivery => "delivery " + delivery));
        names.AddRange(Names(await SendAsync("logs", "Logs_20140328.DescribeDeliverySources", "{}"), "deliverySources", "name").Select(source => "delivery source " + source));
        names.AddRange(Names(await SendAsync("logs", "Logs_20140328.DescribeDeliveryDestinations", "{}"), "deliveryDestinations", "name").Select(destination => "delivery destination " + destination));
        // CloudWatch Logs makes a policy for the deliveries of the whole account, and keeps it.
        names.AddRange(Names(await SendAsync("logs", "Logs_20140328.DescribeResourcePolicies", "{}"), "resourcePolicies", "policyName").Where(policy => policy != "AWSLogDeliveryWrite20150319").Select(policy => "log policy " + policy));
        names.AddRange(Names(await SendAsync("monitoring", "GraniteServiceVersion20100801.DescribeAlarms", "{}"), "MetricAlarms", "AlarmName").Select(alarm => "alarm " + alarm));
        names.AddRange(Names(JsonNode.Parse((await Aws.Send("schemas", "/v1/registries", null, "", method: HttpMethod.Get)).Succeeded().Text)!, "Registries", "RegistryName").Select(registry => "registry " + registry));
        names.AddRange(Names(JsonNode.Parse((await Aws.Send("lambda", "/2015-03-31/functions", null, "", method: HttpMethod.Get)).Succeeded().Text)!, "Functions", "FunctionName").Select(function => "function " + function));
        names.AddRange(Elements((await Aws.Send("s3", "/", null, "", method: HttpMethod.Get)).Succeeded().Text, "Name").Select(bucket => "bucket " + bucket));
        names.AddRange(Elements(await StacksAsync("Action=DescribeStacks"), "StackName").Select(stack => "stack " + stack));
        foreach (string list in (string[])["ListRoles", "ListPolicies"])
            names.AddRange(System.Text.RegularExpressions.Regex.Matches((await Aws.Send("iam", "/", null, $"Action={list}&Version=2010-05-08{(list == "ListPolicies" ? "&Scope=Local" : "")}", "application/x-www-form-urlencoded")).Succeeded().Text, "<(RoleName|PolicyName)>([^<]*)<").Select(name => $"{name.Groups[1].Value} {name.Groups[2].Value}"));
        return [.. names];
    }

    /// <summary>Calls CloudFormation.</summary>
    protected async Task<string> StacksAsync(string form) => (await Aws.Send("cloudformation", "/", null, form + "&Version=2010-05-15", "application/x-www-form-urlencoded")).Succeeded().Text;

    /// <summary>The status of a stack by its name or ID.</summary>
    protected async Task<string> StatusOfAsync(string stack) => Elements(await StacksAsync("Action=DescribeStacks&StackName=" + Uri.EscapeDataString(stack)), "StackStatus")[0];

    /// <summary>The form that makes a stack belong to an environment of a project.</summary>
    protected static string TagsOf(string project) => $"&Tags.member.1.Key=project&Tags.member.1.Value={project}&Tags.member.2.Key=environment&Tags.member.2.Value=development";

    /// <summary>Adds resources to the project.</summary>
    protected Task AddResourcesAsync(string text) => WriteAsync("resources/more.yaml", text);

    /// <summary>Writes a file of the project.</summary>
    protected async Task WriteAsync(string path, string text)
    {
        string file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text, Token);
    }

    /// <summary>Calls IAM.</summary>
    private protected Task<Answer> IamAsync(string operation, string form = "") => Aws.Send("iam", "/", null, $"Action={operation}&Version=2010-05-08&{form}", "application/x-www-form-urlencoded");

    /// <summary>The texts of the elements of a name.</summary>
    protected static IReadOnlyList<string> Elements(string xml, string name) => [.. System.Text.RegularExpressions.Regex.Matches(xml, $"<{name}>([^<]*)<").Select(found => System.Net.WebUtility.HtmlDecode(found.Groups[1].Value))];

    private static IEnumerable<string> Names(JsonNode answer, string list, string name) => answer[list]?.AsArray().Select(each => (string)each![name]!) ?? [];

    private protected async Task<JsonNode> SendAsync(string service, string? target, string body)
    {
        string type = target is null ? "application/x-www-form-urlencoded" : service is "sqs" or "monitoring" ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";
        string text = (await Aws.Send(service, "/", target, body, type)).Succeeded().Text;
        return text.StartsWith('{') ? JsonNode.Parse(text)! : new JsonObject();
    }
}
