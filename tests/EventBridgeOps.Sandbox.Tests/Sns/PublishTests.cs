using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Sns;

/// <summary>Messages reach the queues that subscribe. https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html.</summary>
public sealed class PublishTests : SnsTest
{
    [Fact]
    public async Task QueueGetsTheEnvelope()
    {
        await MakeQueue("q");
        await MakeTopic("t");
        string subscription = await Subscribe("t", "q");
        await Publish("t", "a \"b\"\nc", "&Subject=S" + Attribute(1, "n", "Number", "7"));

        string body = (await Body("q"))!;
        Assert.StartsWith("{\n  \"Type\" : \"Notification\",\n  \"MessageId\" : \"", body);
        JsonElement envelope = JsonDocument.Parse(body).RootElement;
        Assert.Equal(
            ["Type", "MessageId", "TopicArn", "Subject", "Message", "Timestamp", "SignatureVersion", "Signature", "SigningCertURL", "UnsubscribeURL", "MessageAttributes"],
            envelope.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("a \"b\"\nc", "S", "1970-01-01T00:00:00.000Z"), (envelope.GetProperty("Message").GetString(), envelope.GetProperty("Subject").GetString(), envelope.GetProperty("Timestamp").GetString()));
        Assert.Equal("""{"Type":"Number","Value":"7"}""", envelope.GetProperty("MessageAttributes").GetProperty("n").GetRawText());

        using HttpClient http = new();
        Assert.True((await http.GetAsync(new Uri(envelope.GetProperty("UnsubscribeURL").GetString()!), Token)).IsSuccessStatusCode);
        Assert.Empty(All(await Sns("ListSubscriptions"), "SubscriptionArn"));
        await Fails(404, "NotFound", "GetSubscriptionAttributes", $"&SubscriptionArn={subscription}");
    }

    [Fact]
    public async Task RawMessageHasTheAttributes()
    {
        await MakeQueue("q");
        await MakeTopic("t");
        await Subscribe("t", "q", Entry("Attributes", 1, "RawMessageDelivery", "true"));
        await Publish("t", """{"default":"d","sqs":"only for queues"}""", "&MessageStructure=json" + Attribute(1, "n", "String", "v"));
        JsonElement message = (await Receive("q"))!.Value;
        Assert.Equal("only for queues", message.GetProperty("Body").GetString());
        Assert.Equal("v", message.GetProperty("MessageAttributes").GetProperty("n").GetProperty("StringValue").GetString());
    }

    [Theory]
    [InlineData("""{"kind":["a"]}""", "MessageAttributes", true)]
    [InlineData("""{"kind":[{"prefix":"b"}]}""", "MessageAttributes", false)]
    [InlineData("""{"kind":[{"anything-but":["b","c"]}],"n":[{"numeric":[">",5]}]}""", "MessageAttributes", true)]
    [InlineData("""{"list":["y"]}""", "MessageAttributes", true)]
    [InlineData("""{"list":["z"]}""", "MessageAttributes", false)]
    [InlineData("""{"none":[{"exists":false}],"kind":[{"equals-ignore-case":"A"}]}""", "MessageAttributes", true)]
    [InlineData("""{"$or":[{"kind":["x"]},{"n":[7]}]}""", "MessageAttributes", true)]
    [InlineData("""{}""", "MessageAttributes", true)]
    [InlineData("""{"body":{"x":[1]}}""", "MessageBody", true)]
    [InlineData("""{"body":{"x":[2]}}""", "MessageBody", false)]
    public async Task FilterPolicyDecides(string policy, string scope, bool arrives)
    {
        await MakeQueue("q");
        await MakeTopic("t");
        await Subscribe("t", "q", Entry("Attributes", 1, "FilterPolicy", policy) + Entry("Attributes", 2, "FilterPolicyScope", scope));
        await Publish("t", """{"body":{"x":1}}""", Attribute(1, "kind", "String", "a") + Attribute(2, "n", "Number", "7") + Attribute(3, "list", "String.Array", """["x","y",1]"""));
        Assert.Equal(arrives, await Body("q") is not null);
    }

    [Theory]
    [InlineData("""{"a":[{"wildcard":"x*"}]}""", "MessageAttributes")]
    [InlineData("""{"a":{"b":["x"]}}""", "MessageAttributes")]
    [InlineData("""{"a":"x"}""", "MessageBody")]
    [InlineData("""[]""", "MessageBody")]
    [InlineData("""{"a":[{"numeric":["<","1"]}]}""", "MessageAttributes")]
    [InlineData("""{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]}""", "MessageAttributes")]
    public async Task OtherPoliciesAreRefused(string policy, string scope)
    {
        await MakeTopic("t");
        string form = $"&TopicArn={TopicArn}t&Protocol=sqs&Endpoint={QueueArn}q{Entry("Attributes", 1, "FilterPolicy", policy)}{Entry("Attributes", 2, "FilterPolicyScope", scope)}";
        await Fails(400, "InvalidParameter", "Subscribe", form);
    }

    [Fact]
    public async Task WhatAQueueDoesNotLetInGoesToTheDeadLettersOfTheSubscription()
    {
        await MakeQueue("closed", service: "events");
        await MakeQueue("dead");
        await MakeTopic("t");
        string subscription = await Subscribe("t", "closed");
        (await Sns("SetSubscriptionAttributes", $"&SubscriptionArn={subscription}&AttributeName=RedrivePolicy&AttributeValue={Uri.EscapeDataString($$"""{"deadLetterTargetArn":"{{QueueArn}}dead"}""")}")).Succeeded();
        await Publish("t", "m");
        Assert.Null(await Body("closed"));
        Assert.Contains("\"Message\" : \"m\"", await Body("dead"));
    }

    [Fact]
    public async Task FifoTopicKeepsGroupsAndForgetsRepetitionsAfterFiveMinutes()
    {
        await MakeQueue("q.fifo", more: ",\"FifoQueue\":\"true\"");
        await MakeTopic("t.fifo", Entry("Attributes", 1, "FifoTopic", "true"));
        await Subscribe("t.fifo", "q.fifo", Entry("Attributes", 1, "RawMessageDelivery", "true"));
        await Fails(400, "InvalidParameter", "Publish", $"&TopicArn={TopicArn}t.fifo&Message=m");
        await Fails(400, "InvalidParameter", "Publish", $"&TopicArn={TopicArn}t.fifo&Message=m&MessageGroupId=g");
        Answer first = (await Sns("Publish", $"&TopicArn={TopicArn}t.fifo&Message=m&MessageGroupId=g&MessageDeduplicationId=1")).Succeeded();
        Answer again = (await Sns("Publish", $"&TopicArn={TopicArn}t.fifo&Message=m&MessageGroupId=g&MessageDeduplicationId=1")).Succeeded();
        Assert.Equal(One(first, "MessageId"), One(again, "MessageId"));
        Assert.Equal(20, One(first, "SequenceNumber").Length);

        JsonElement message = (await Receive("q.fifo"))!.Value;
        Assert.Equal("g", message.GetProperty("Attributes").GetProperty("MessageGroupId").GetString());
        (await Sqs("DeleteMessage", $$"""{"QueueUrl":"http://localhost/123456789012/q.fifo","ReceiptHandle":"{{message.GetProperty("ReceiptHandle").GetString()}}"}""")).Succeeded();
        Assert.Null(await Body("q.fifo"));
        Server.AdvanceTime(TimeSpan.FromMinutes(5));
        await Publish("t.fifo", "m", "&MessageGroupId=g&MessageDeduplicationId=1");
        Assert.Equal("m", await Body("q.fifo"));
        await MakeTopic("s");
        await Fails(400, "InvalidParameter", "Subscribe", $"&TopicArn={TopicArn}s&Protocol=sqs&Endpoint={QueueArn}q.fifo");
    }

    [Fact]
    public async Task EntriesOfBatchSucceedAndFailForThemselves()
    {
        await MakeQueue("q");
        await MakeTopic("t");
        await Subscribe("t", "q", Entry("Attributes", 1, "RawMessageDelivery", "true"));
        const string Entries = "&PublishBatchRequestEntries.member.";
        Answer answer = (await Sns("PublishBatch", $"&TopicArn={TopicArn}t{Entries}1.Id=a{Entries}1.Message=m{Entries}2.Id=b{Entries}2.Message=n{Entries}2.MessageDeduplicationId=x")).Succeeded();
        Assert.Equal(("a", "b"), (One2(answer, "Successful"), One2(answer, "Failed")));
        Assert.Equal("m", await Body("q"));
        await Fails(400, "EmptyBatchRequest", "PublishBatch", $"&TopicArn={TopicArn}t");
        await Fails(400, "BatchEntryIdsNotDistinct", "PublishBatch", $"&TopicArn={TopicArn}t{Entries}1.Id=a{Entries}1.Message=m{Entries}2.Id=a{Entries}2.Message=n");

        static string One2(Answer answer, string list) => All(answer, list).Single().Descendants().Single(element => element.Name.LocalName == "Id").Value;
    }

    [Theory]
    [InlineData("&Message=", "InvalidParameter")]
    [InlineData("&Message=m&Subject=a%0Ab", "InvalidParameter")]
    [InlineData("&Message=m&MessageStructure=json", "InvalidParameter")]
    [InlineData("&Message=%7B%7D&MessageStructure=json", "InvalidParameter")]
    [InlineData("&Message=m&MessageAttributes.entry.1.Name=n&MessageAttributes.entry.1.Value.DataType=Date", "ParameterValueInvalid")]
    [InlineData("&Message=m&PhoneNumber=1", "InvalidParameter")]
    public async Task StrangeMessagesAreRefused(string form, string code)
    {
        await MakeTopic("t");
        await Fails(400, code, "Publish", $"&TopicArn={TopicArn}t{form}");
    }
}
