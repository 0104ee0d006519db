using System.Xml.Linq;

namespace EventBridgeOps.Sandbox.Tests.Sqs;

/// <summary>SQS over its older protocol. Examples: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html.</summary>
public sealed class SqsFormTests : SandboxTest
{
    private const string Path = "/123456789012/q";

    protected override SandboxOptions Options => new() { Seed = 1, TimeProvider = new ManualTimeProvider() };

    [Fact]
    public async Task QueueIsMadeWithAttributesAndTags()
    {
        Answer made = (await Form("Action=CreateQueue&QueueName=q&Attribute.1.Name=VisibilityTimeout&Attribute.1.Value=40&Tag.1.Key=a&Tag.1.Value=b%26c")).Succeeded();
        Assert.Equal("http://queue.amazonaws.com/doc/2012-11-05/", XDocument.Parse(made.Text).Root!.Name.NamespaceName);
        Assert.EndsWith(Path, One(made, "QueueUrl"));

        Answer attributes = (await Form("Action=GetQueueAttributes&AttributeName.1=VisibilityTimeout&AttributeName.2=QueueArn", Path)).Succeeded();
        Assert.Equal(
            ["VisibilityTimeout=40", "QueueArn=arn:aws:sqs:eu-west-1:123456789012:q"],
            All(attributes, "Attribute").Select(attribute => $"{Child(attribute, "Name")}={Child(attribute, "Value")}"));

        Answer tags = (await Form("Action=ListQueueTags", Path)).Succeeded();
        Assert.Equal("b&c", Child(All(tags, "Tag").Single(), "Value"));
        Assert.Equal("q", One((await Form("Action=ListQueues")).Succeeded(), "QueueUrl").Split('/')[^1]);
    }

    [Fact]
    public async Task MessageKeepsItsAttributesAndItsCarriageReturn()
    {
        await Make();
        Answer sent = (await Form("Action=SendMessage&MessageBody=a%0D%0Ab%3C&DelaySeconds=0&MessageAttribute.1.Name=n&MessageAttribute.1.Value.DataType=Number&MessageAttribute.1.Value.StringValue=7", Path)).Succeeded();
        Assert.Equal(32, One(sent, "MD5OfMessageAttributes").Length);

        Answer received = (await Form("Action=ReceiveMessage&MessageAttributeName.1=All&AttributeName.1=All&MaxNumberOfMessages=5", Path)).Succeeded();
        XElement message = All(received, "Message").Single();
        Assert.Equal("a\r\nb<", Child(message, "Body"));
        Assert.Equal("7", message.Descendants().Single(element => element.Name.LocalName == "StringValue").Value);
        Assert.Contains("ApproximateReceiveCount", All(received, "Attribute").Select(attribute => Child(attribute, "Name")));

        Answer deleted = (await Form("Action=DeleteMessage&ReceiptHandle=" + Uri.EscapeDataString(Child(message, "ReceiptHandle")), Path)).Succeeded();
        Assert.DoesNotContain("DeleteMessageResult", deleted.Text);
        Server.AdvanceTime(TimeSpan.FromSeconds(31));
        Assert.Empty(All((await Form("Action=ReceiveMessage", Path)).Succeeded(), "Message"));
    }

    [Fact]
    public async Task EntriesOfBatchSucceedAndFailForThemselves()
    {
        await Make();
        const string Entry = "SendMessageBatchRequestEntry.";
        Answer sent = (await Form($"Action=SendMessageBatch&{Entry}1.Id=a&{Entry}1.MessageBody=1&{Entry}2.Id=b&{Entry}2.MessageBody=2&{Entry}2.DelaySeconds=1000", Path)).Succeeded();
        Assert.Equal("a", Child(All(sent, "SendMessageBatchResultEntry").Single(), "Id"));
        XElement failed = All(sent, "BatchResultErrorEntry").Single();
        Assert.Equal(("b", "true", "InvalidParameterValue"), (Child(failed, "Id"), Child(failed, "SenderFault"), Child(failed, "Code")));
    }

    [Theory]
    [InlineData("Action=SendMessage&MessageBody=x&QueueUrl=http://localhost/123456789012/none", "AWS.SimpleQueueService.NonExistentQueue")]
    [InlineData("Action=SendMessage&QueueUrl=http://localhost/123456789012/q", "MissingParameter")]
    [InlineData("Action=ReceiveMessage&MaxNumberOfMessages=many&QueueUrl=http://localhost/123456789012/q", "MalformedInput")]
    [InlineData("Action=SendMessage&MessageBody=x&Surprise.1=y&QueueUrl=http://localhost/123456789012/q", "MalformedInput")]
    [InlineData("Action=SendMessage&MessageBody=x&MessageAttribute.1.Value.DataType=String&QueueUrl=http://localhost/123456789012/q", "MalformedInput")]
    public async Task RefusalsAreXml(string form, string code)
    {
        await Make();
        Answer answer = await Form(form);
        Assert.Equal((400, "Sender", code), (answer.Status, One(answer, "Type"), One(answer, "Code")));
    }

    [Fact]
    public async Task VersionNamesTheServiceWhereNoSignatureDoesAndUnknownOnesAreRefused()
    {
        using AwsClient unsigned = new(Server.Endpoint, accessKey: null);
        Answer answer = await unsigned.Send("", "/", null, "Action=ListQueues&Version=2012-11-05", "application/x-www-form-urlencoded");
        Assert.Equal((403, "MissingAuthenticationTokenException"), (answer.Status, One(answer, "Code")));
        foreach (string form in new[] { "Action=RunInstances&Version=2016-11-15", "Action=RunInstances" })
            Assert.Equal("InvalidAction", One(await unsigned.Send("", "/", null, form, "application/x-www-form-urlencoded"), "Code"));
        Assert.Equal("InvalidAction", One(await Aws.Send("ec2", "/", null, "Action=RunInstances&Version=2012-11-05", "application/x-www-form-urlencoded"), "Code"));
    }

    [Fact]
    public async Task NoFormIsTooStrange()
    {
        await Make();
        Random random = new(1);
        string[] parts = ["Attribute", "Entries", "member", "entry", "1", "2", "99999999999", "Name", "Value", "", ".", "MessageAttribute", "SendMessageBatchRequestEntry", "QueueUrl", "DelaySeconds", "é", "%", "%zz"];
        string[] actions = ["SendMessage", "SendMessageBatch", "SetQueueAttributes", "ReceiveMessage", "CreateQueue", "TagQueue"];
        for (int i = 0; i < 300; i++)
        {
            IEnumerable<string> parameters = Enumerable.Range(0, random.Next(8)).Select(_ =>
                string.Join('.', Enumerable.Range(0, random.Next(1, 20)).Select(_ => parts[random.Next(parts.Length)])) + "=" + parts[random.Next(parts.Length)]);
            Answer answer = await Form($"Action={actions[random.Next(actions.Length)]}&{string.Join('&', parameters)}", Path);
            Assert.True(answer.Status is 200 or 400, answer.Text);
            Assert.NotNull(XDocument.Parse(answer.Text).Root);
        }
    }

    [Fact]
    public async Task Boto3OfTheOlderProtocolIsAtHome() => Assert.Equal(
        """{"body": "a\r\nb\u00e4", "attribute": "7", "entries": ["a"], "failed": ["b"], "tags": {"a": "b"}, "missing": "AWS.SimpleQueueService.NonExistentQueue"}""",
        (await Child("sqs_query.py")).Trim());

    private static IEnumerable<XElement> All(Answer answer, string name) =>
        XDocument.Parse(answer.Text, LoadOptions.PreserveWhitespace).Descendants().Where(element => element.Name.LocalName == name);

    private static string One(Answer answer, string name) => All(answer, name).Single().Value;

    private static string Child(XElement element, string name) => element.Elements().Single(child => child.Name.LocalName == name).Value;

    private Task<string> Child(string script) => Tests.Child.Python(script, Server.Environment, Server.Endpoint.ToString());

    private Task<Answer> Form(string form, string path = "/") => Aws.Send("sqs", path, null, form, "application/x-www-form-urlencoded");

    private async Task Make() => (await Form("Action=CreateQueue&QueueName=q")).Succeeded();
}
