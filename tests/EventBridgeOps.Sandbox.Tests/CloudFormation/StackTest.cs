using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EventBridgeOps.Sandbox.Tests.CloudFormation;

/// <summary>Tests of stacks, by a clock of their own.</summary>
public abstract class StackTest : QueueTest
{
    internal const string Name = "app";

    /// <summary>Longer than any stack of the tests takes.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    internal Task<Answer> Cfn(string action, params (string Key, string? Value)[] form) => Aws.Send(
        "cloudformation", "/", null,
        $"Action={action}&Version=2010-05-15" + string.Concat(form.Where(pair => pair.Value is not null).Select(pair => $"&{pair.Key}={Uri.EscapeDataString(pair.Value!)}")),
        "application/x-www-form-urlencoded");

    internal Task<Answer> Create(string template, params (string Key, string? Value)[] more) => Deploy("CreateStack", Name, template, more);

    internal Task<Answer> Update(string template, params (string Key, string? Value)[] more) => Deploy("UpdateStack", Name, template, more);

    internal Task<Answer> Deploy(string action, string name, string template, params (string Key, string? Value)[] more) =>
        Cfn(action, [("StackName", name), ("TemplateBody", template), ("Capabilities.member.1", "CAPABILITY_NAMED_IAM"), .. more]);

    /// <summary>Creates a stack and waits until it is settled.</summary>
    /// <returns>Its status.</returns>
    internal async Task<string> Created(string template, params (string Key, string? Value)[] more)
    {
        (await Create(template, more)).Succeeded();
        return await Settled();
    }

    internal async Task<string> Updated(string template, params (string Key, string? Value)[] more)
    {
        (await Update(template, more)).Succeeded();
        return await Settled();
    }

    internal async Task<string> Deleted(string name = Name)
    {
        string id = One(await Cfn("DescribeStacks", ("StackName", name)), "StackId");
        (await Cfn("DeleteStack", ("StackName", name))).Succeeded();
        return await Settled(id);
    }

    internal async Task<string> Settled(string name = Name)
    {
        Server.AdvanceTime(Long);
        return await Status(name);
    }

    internal async Task<string> Status(string name = Name) => One(await Cfn("DescribeStacks", ("StackName", name)), "StackStatus");

    /// <summary>The outputs of the stack.</summary>
    internal async Task<Dictionary<string, string>> Outputs(string name = Name) => Members((await Cfn("DescribeStacks", ("StackName", name))).Succeeded(), "Outputs")
        .ToDictionary(output => Text(output, "OutputKey"), output => Text(output, "OutputValue"));

    /// <summary>The events of the stack, the oldest first.</summary>
    internal async Task<List<StackEvent>> Events(string name = Name)
    {
        List<StackEvent> events = [];
        string? token = null;
        do
        {
            Answer page = (await Cfn("DescribeStackEvents", ("StackName", name), ("NextToken", token))).Succeeded();
            events.AddRange(Members(page, "StackEvents").Select(one => new StackEvent(Text(one, "LogicalResourceId"), Text(one, "ResourceStatus"), Text(one, "ResourceStatusReason"), Text(one, "PhysicalResourceId"))));
            token = Xml(page).Descendants().FirstOrDefault(element => element.Name.LocalName == "NextToken")?.Value;
        }
        while (token is not null);
        events.Reverse();
        return events;
    }

    /// <summary>The reason of the first failure.</summary>
    internal async Task<string> Reason(string logicalId, string name = Name) =>
        (await Events(name)).First(one => one.LogicalId == logicalId && one.Status.EndsWith("_FAILED", StringComparison.Ordinal)).Reason;

    /// <summary>The physical ID of a resource.</summary>
    internal async Task<string> Physical(string logicalId, string name = Name) =>
        One((await Cfn("DescribeStackResource", ("StackName", name), ("LogicalResourceId", logicalId))).Succeeded(), "PhysicalResourceId");

    /// <summary>What all services have, as the state file shows it, without what is not a resource.</summary>
    internal async Task<string[]> Everything()
    {
        Answer state = await Aws.Admin(HttpMethod.Get, "state");
        return [.. state.Json.GetProperty("regions").EnumerateObject().SelectMany(region => region.Value.EnumerateObject()
            .Where(table => !NoResources.Contains(table.Name.Split('/')[0]) && !table.Name.StartsWith("metric", StringComparison.Ordinal))
            .SelectMany(table => table.Value.EnumerateObject().Where(row => !IsGone(row.Value) && (table.Name, row.Name) != ("buses", "default") && row.Name != LogDeliveryPolicy)
                .Select(row => Ids.Replace($"{region.Name} {table.Name} {row.Name}", "")))).Distinct().Order(StringComparer.Ordinal)];
    }

    internal static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    internal static XElement Xml(Answer answer) => XDocument.Parse(answer.Text).Root!;

    internal static string One(Answer answer, string name) =>
        Xml(answer).Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? throw new InvalidDataException(answer.Text);

    internal static IEnumerable<XElement> Members(Answer answer, string list) =>
        Xml(answer).Descendants().First(element => element.Name.LocalName == list).Elements();

    internal static string Text(XElement element, string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value ?? "";

    internal static void Invalid(Answer answer, string message) => Assert.Equal((400, "ValidationError", message), (answer.Status, One(answer, "Code"), One(answer, "Message")));

    internal static void Refused(Answer answer, string part)
    {
        Assert.Equal((400, "ValidationError"), (answer.Status, One(answer, "Code")));
        Assert.Contains(part, One(answer, "Message"));
    }

    // What a service makes again gets another ID, or the next version.
    private static readonly Regex Ids = new(@":([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{5,})\z");

    /// <summary>CloudWatch Logs makes it with the first delivery, and keeps it.</summary>
    private const string LogDeliveryPolicy = "AWSLogDeliveryWrite20150319";

    // Counters and what is known of the past; a deregistered revision stays visible.
    private static readonly string[] NoResources =
    [
        "numbers", "stacks", "stackEvents", "stackResources", "changeSets", "due", "trailEvents", "sessions", "jobDefinitionRevisions", "jobDefinitionEnds", "queueSeen", "alarmHistory", "alarmClock", "s3Data",
    ];

    private static bool IsGone(System.Text.Json.JsonElement row) => row.TryGetProperty("status", out System.Text.Json.JsonElement status) && status.ValueKind == System.Text.Json.JsonValueKind.String && status.GetString() == "INACTIVE";

    internal sealed record StackEvent(string LogicalId, string Status, string Reason, string PhysicalId)
    {
        public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} {1}", LogicalId, Status);
    }
}
