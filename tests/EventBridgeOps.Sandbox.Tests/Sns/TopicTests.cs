using System.Xml.Linq;

namespace EventBridgeOps.Sandbox.Tests.Sns;

/// <summary>Topics. https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html and its neighbours.</summary>
public sealed class TopicTests : SnsTest
{
    [Fact]
    public async Task TopicIsMadeOnceAndListed()
    {
        Answer made = (await Sns("CreateTopic", "&Name=t" + Entry("Attributes", 1, "DisplayName", "Größe") + "&Tags.member.1.Key=a&Tags.member.1.Value=b")).Succeeded();
        Assert.Equal("http://sns.amazonaws.com/doc/2010-03-31/", XDocument.Parse(made.Text).Root!.Name.NamespaceName);
        Assert.Equal(TopicArn + "t", await MakeTopic("t"));
        await Fails(400, "InvalidParameter", "CreateTopic", "&Name=t" + Entry("Attributes", 1, "DisplayName", "other"));
        Assert.Equal([TopicArn + "t"], All(await Sns("ListTopics"), "TopicArn").Select(arn => arn.Value));

        Dictionary<string, string> attributes = Attributes(await Sns("GetTopicAttributes", $"&TopicArn={TopicArn}t"));
        Assert.Equal(("Größe", "0", "123456789012"), (attributes["DisplayName"], attributes["SubscriptionsConfirmed"], attributes["Owner"]));
        Assert.Contains("AWS:SourceOwner", attributes["Policy"]);

        (await Sns("DeleteTopic", $"&TopicArn={TopicArn}t")).Succeeded();
        (await Sns("DeleteTopic", $"&TopicArn={TopicArn}t")).Succeeded();
        await Fails(404, "NotFound", "GetTopicAttributes", $"&TopicArn={TopicArn}t");
    }

    [Fact]
    public async Task TagsComeAndGo()
    {
        await MakeTopic("t");
        (await Sns("TagResource", $"&ResourceArn={TopicArn}t&Tags.member.1.Key=a&Tags.member.1.Value=b&Tags.member.2.Key=c&Tags.member.2.Value=")).Succeeded();
        (await Sns("UntagResource", $"&ResourceArn={TopicArn}t&TagKeys.member.1=a")).Succeeded();
        Assert.Equal("c", One((await Sns("ListTagsForResource", $"&ResourceArn={TopicArn}t")).Succeeded(), "Key"));
        await Fails(404, "ResourceNotFound", "ListTagsForResource", $"&ResourceArn={TopicArn}none");
    }

    [Fact]
    public async Task PermissionsAreStatementsOfThePolicy()
    {
        await MakeTopic("t");
        string add = $"&TopicArn={TopicArn}t&Label=l&AWSAccountId.member.1=210987654321&ActionName.member.1=Publish";
        (await Sns("AddPermission", add)).Succeeded();
        await Fails(400, "InvalidParameter", "AddPermission", add);
        Assert.Contains("210987654321:root", Attributes(await Sns("GetTopicAttributes", $"&TopicArn={TopicArn}t"))["Policy"]);
        (await Sns("RemovePermission", $"&TopicArn={TopicArn}t&Label=l")).Succeeded();
        Assert.DoesNotContain("210987654321", Attributes(await Sns("GetTopicAttributes", $"&TopicArn={TopicArn}t"))["Policy"]);
    }

    [Theory]
    [InlineData("&Name=a.b")]
    [InlineData("&Name=a.fifo")]
    [InlineData("&Name=a&Attributes.entry.1.key=FifoTopic&Attributes.entry.1.value=true")]
    [InlineData("&Name=a&Attributes.entry.1.key=KmsMasterKeyId&Attributes.entry.1.value=alias/aws/sns")]
    [InlineData("&Name=a&Attributes.entry.1.key=Surprise&Attributes.entry.1.value=1")]
    [InlineData("&Name=a&Attributes.entry.1.key=Policy&Attributes.entry.1.value=1")]
    public async Task StrangeTopicsAreRefused(string form) => await Fails(400, "InvalidParameter", "CreateTopic", form);

    [Fact]
    public async Task ListIsInPages()
    {
        for (int i = 0; i < 101; i++)
            await MakeTopic($"t{i:D3}");
        Answer first = (await Sns("ListTopics")).Succeeded();
        Assert.Equal(100, All(first, "TopicArn").Count());
        Answer second = (await Sns("ListTopics", "&NextToken=" + Uri.EscapeDataString(One(first, "NextToken")))).Succeeded();
        Assert.Equal([TopicArn + "t100"], All(second, "TopicArn").Select(arn => arn.Value));
        await Fails(400, "InvalidParameter", "ListTopics", "&NextToken=none");
    }
}
