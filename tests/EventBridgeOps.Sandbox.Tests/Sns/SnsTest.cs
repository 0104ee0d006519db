using System.Text.Json;
using System.Xml.Linq;

namespace EventBridgeOps.Sandbox.Tests.Sns;

/// <summary>What tests of topics need: forms, queues, and what arrives in them.</summary>
public abstract class SnsTest : SandboxTest
{
    internal const string TopicArn = "arn:aws:sns:eu-west-1:123456789012:";
    internal const string QueueArn = "arn:aws:sqs:eu-west-1:123456789012:";

    protected override SandboxOptions Options => new() { Seed = 1, TimeProvider = new ManualTimeProvider() };

    internal static IEnumerable<XElement> All(Answer answer, string name) =>
        XDocument.Parse(answer.Text, LoadOptions.PreserveWhitespace).Descendants().Where(element => element.Name.LocalName == name);

    internal static string One(Answer answer, string name) => All(answer, name).Single().Value;

    internal static Dictionary<string, string> Attributes(Answer answer) => All(answer.Succeeded(), "entry").ToDictionary(
        entry => entry.Elements().Single(element => element.Name.LocalName == "key").Value,
        entry => entry.Elements().Single(element => element.Name.LocalName == "value").Value);

    internal static string Entry(string map, int number, string key, string value) =>
        $"&{map}.entry.{number}.key={key}&{map}.entry.{number}.value={Uri.EscapeDataString(value)}";

    internal static string Attribute(int number, string name, string type, string value) =>
        $"&MessageAttributes.entry.{number}.Name={name}&MessageAttributes.entry.{number}.Value.DataType={type}&MessageAttributes.entry.{number}.Value.StringValue={Uri.EscapeDataString(value)}";

    internal Task<Answer> Sns(string action, string form = "") =>
        Aws.Send("sns", "/", null, $"Action={action}&Version=2010-03-31{form}", "application/x-www-form-urlencoded");

    internal async Task<string> MakeTopic(string name, string more = "") => One((await Sns("CreateTopic", $"&Name={name}{more}")).Succeeded(), "TopicArn");

    internal async Task<string> Subscribe(string topic, string queue, string more = "") =>
        One((await Sns("Subscribe", $"&TopicArn={TopicArn}{topic}&Protocol=sqs&Endpoint={QueueArn}{queue}{more}")).Succeeded(), "SubscriptionArn");

    internal async Task Publish(string topic, string message, string more = "") =>
        (await Sns("Publish", $"&TopicArn={TopicArn}{topic}&Message={Uri.EscapeDataString(message)}{more}")).Succeeded();

    internal async Task Fails(int status, string code, string action, string form)
    {
        Answer answer = await Sns(action, form);
        Assert.Equal((status, code), (answer.Status, One(answer, "Code")));
    }

    internal Task<Answer> Sqs(string operation, string input) => Aws.Send("sqs", "/", "AmazonSQS." + operation, input, "application/x-amz-json-1.0");

    internal async Task MakeQueue(string name, string service = "sns", string more = "")
    {
        string open = JsonSerializer.Serialize($$$"""{"Statement":{"Effect":"Allow","Principal":{"Service":"{{{service}}}.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"{{{QueueArn}}}{{{name}}}","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:{{{service}}}:*:*:*"} } } }""");
        (await Sqs("CreateQueue", $$$"""{"QueueName":"{{{name}}}","Attributes":{"Policy":{{{open}}}{{{more}}}} }""")).Succeeded();
    }

    internal async Task<JsonElement?> Receive(string queue)
    {
        JsonElement answer = (await Sqs("ReceiveMessage", $$"""{"QueueUrl":"http://localhost/123456789012/{{queue}}","MessageAttributeNames":["All"],"MessageSystemAttributeNames":["All"]}""")).Succeeded().Json;
        return answer.TryGetProperty("Messages", out JsonElement messages) ? messages[0] : null;
    }

    internal async Task<string?> Body(string queue) => (await Receive(queue))?.GetProperty("Body").GetString();
}
