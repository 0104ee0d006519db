namespace EventBridgeOps.Sandbox.Tests;

public sealed class JobDefinitionTests : SandboxTest
{
    [Theory]
    [InlineData("job:01")] // The product does not take it for a reference either.
    [InlineData("job:1:1")]
    [InlineData("arn:aws:batch:us-east-1:123456789012:job-definition/job:1")]
    [InlineData("arn:aws:batch:eu-west-1:210987654321:job-definition/job:1")]
    public async Task What_is_not_a_reference_or_one_to_elsewhere_finds_nothing(string reference)
    {
        await Register("job");
        (await Aws.Batch("DeregisterJobDefinition", $$"""{"jobDefinition":"{{reference}}"}""")).Failed(400, "ClientException");
    }

    [Fact]
    public async Task Revisions_count_up_for_ever()
    {
        Assert.Equal(1, await Register("job"));
        Assert.Equal(2, await Register("job"));
        Assert.Equal(1, await Register("other"));
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"job:2"}""")).Succeeded();
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"arn:aws:batch:eu-west-1:123456789012:job-definition/job:1"}""")).Succeeded();
        Assert.Equal(3, await Register("job"));

        Assert.Equal(["1 INACTIVE", "2 INACTIVE", "3 ACTIVE"], (await Describe("""{"jobDefinitionName":"job"}""")).Order());
        Assert.Equal(["3 ACTIVE"], await Describe("""{"jobDefinitionName":"job","status":"ACTIVE"}"""));
    }

    [Fact]
    public async Task Definitions_are_described_by_name_by_revision_and_by_arn()
    {
        await Register("job");
        await Register("job");
        await Register("job-2");
        Assert.Equal(2, (await Describe("""{"jobDefinitions":["job"]}""")).Count);
        Assert.Equal(["2 ACTIVE"], await Describe("""{"jobDefinitions":["job:2"]}"""));
        Assert.Equal(["1 ACTIVE"], await Describe("""{"jobDefinitions":["arn:aws:batch:eu-west-1:123456789012:job-definition/job:1"]}"""));
        Assert.Empty(await Describe("""{"jobDefinitions":["arn:aws:batch:eu-west-1:999999999999:job-definition/job:1","nothing"]}"""));
        Assert.Empty(await Describe("""{"jobDefinitionName":"nothing"}"""));
        Assert.Equal(3, (await Describe("{}")).Count);
    }

    [Fact]
    public async Task The_order_is_no_order_but_pages_are_complete()
    {
        for (int i = 0; i < 30; i++)
            await Register("job");
        List<string> revisions = await Pages(
            token => Aws.Batch("DescribeJobDefinitions", $$"""{"jobDefinitionName":"job","maxResults":7{{Continued("nextToken", token)}}}"""),
            "jobDefinitions", "revision");
        List<int> numbers = revisions.ConvertAll(int.Parse);
        Assert.Equal(Enumerable.Range(1, 30), numbers.Order());
        Assert.NotEqual(numbers.Order(), numbers);
        Assert.NotEqual(numbers.OrderDescending(), numbers);
        (await Aws.Batch("DescribeJobDefinitions", """{"nextToken":"made up"}""")).Failed(400, "ClientException");
    }

    [Fact]
    public async Task A_definition_keeps_members_that_nobody_knows()
    {
        (await Aws.Batch("RegisterJobDefinition",
            """{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"i","invented":1.0},"alsoInvented":{"x":1e400}}"""))
            .Succeeded();
        string text = (await Aws.Batch("DescribeJobDefinitions", "{}")).Succeeded().Text;
        Assert.Contains("\"alsoInvented\":{\"x\":1e400}", text, StringComparison.Ordinal);
        Assert.Contains("\"invented\":1.0", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"container","containerProperties":{"image":"i"}}""")]
    [InlineData("""{"jobDefinitionName":"-x","type":"container","containerProperties":{"image":"i"}}""")]
    [InlineData("""{"jobDefinitionName":"x","containerProperties":{"image":"i"}}""")]
    [InlineData("""{"jobDefinitionName":"x","type":"boat","containerProperties":{"image":"i"}}""")]
    [InlineData("""{"jobDefinitionName":"x","type":"container"}""")]
    [InlineData("""{"jobDefinitionName":"x","type":"container","containerProperties":{}}""")]
    public async Task Bad_definitions_are_refused(string input) =>
        (await Aws.Batch("RegisterJobDefinition", input)).Failed(400, "ClientException");

    [Fact]
    public async Task What_is_not_there_cannot_be_deregistered()
    {
        await Register("job");
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"job:2"}""")).Failed(400, "ClientException");
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"job"}""")).Failed(400, "ClientException");
    }

    [Fact]
    public async Task Regions_do_not_see_each_other()
    {
        await Register("job");
        using AwsClient elsewhere = new(Server.Endpoint, "us-east-1");
        Assert.Equal("""{"jobDefinitions":[]}""", (await elsewhere.Batch("DescribeJobDefinitions", "{}")).Text);
    }

    [Fact]
    public async Task Tags_travel_in_the_path()
    {
        await Register("job");
        string path = "/v1/tags/" + Uri.EscapeDataString("arn:aws:batch:eu-west-1:123456789012:job-definition/job:1");
        (await Aws.Send("batch", path, null, """{"tags":{"a":"1","b c":"2"}}""")).Succeeded();
        (await Aws.Send("batch", path + "?tagKeys=b%20c&tagKeys=x", null, "", method: HttpMethod.Delete)).Succeeded();
        Assert.Equal("""{"tags":{"a":"1"}}""", (await Aws.Send("batch", path, null, "", method: HttpMethod.Get)).Text);
        (await Aws.Send("batch", path + "0", null, "", method: HttpMethod.Get)).Failed(400, "ClientException");
    }

    private async Task<List<string>> Describe(string input)
    {
        Answer answer = (await Aws.Batch("DescribeJobDefinitions", input)).Succeeded();
        return [.. answer.Json.GetProperty("jobDefinitions").EnumerateArray().Select(definition =>
            $"{definition.GetProperty("revision").GetInt32()} {definition.GetProperty("status").GetString()}")];
    }
}
