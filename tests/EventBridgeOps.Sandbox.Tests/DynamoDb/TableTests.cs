using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests;

public sealed class TableTests : DynamoTest
{
    private const string Simple = """
        "KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}]
        """;

    private readonly ManualTimeProvider clock = new();

    protected override SandboxOptions Options => new() { Seed = 1, TimeProvider = clock };

    [Fact]
    public async Task A_table_is_described_as_it_was_made_and_gone_when_it_is_deleted()
    {
        await CreateTable();
        await Put("""{"p":{"S":"a"},"r":{"N":"1"}}""");
        JsonElement table = (await Call("DescribeTable", """{"TableName":"arn:aws:dynamodb:eu-west-1:123456789012:table/table"}""")).Succeeded().Json.GetProperty("Table");
        Assert.Equal(("ACTIVE", 1, "PAY_PER_REQUEST"), (
            table.GetProperty("TableStatus").GetString(), table.GetProperty("ItemCount").GetInt32(), table.GetProperty("BillingModeSummary").GetProperty("BillingMode").GetString()));

        (await Call("CreateTable", $$"""{"TableName":"table","BillingMode":"PAY_PER_REQUEST",{{Simple}} }""")).Failed(400, InUse, "Table already exists: table");
        (await Call("DescribeTable", """{"TableName":"nothing"}""")).Failed(400, NotFound, "Requested resource not found: Table: nothing not found");
        (await Call("DeleteTable", """{"TableName":"table"}""")).Succeeded();
        await CreateTable();
        Assert.Null(await Item("a", 1));
    }

    [Fact]
    public async Task Tables_are_listed_by_name()
    {
        foreach (string name in new[] { "ccc", "aaa", "bbb" })
            await CreateTable(name);
        Assert.Equal("""{"TableNames":["aaa","bbb"],"LastEvaluatedTableName":"bbb"}""", (await Call("ListTables", """{"Limit":2}""")).Succeeded().Text);
        Assert.Equal("""{"TableNames":["ccc"]}""", (await Call("ListTables", """{"ExclusiveStartTableName":"bbb"}""")).Succeeded().Text);
    }

    [Theory]
    [InlineData("\"BillingMode\":\"PAY_PER_REQUEST\",\"ProvisionedThroughput\":{\"ReadCapacityUnits\":1,\"WriteCapacityUnits\":1}", "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")]
    [InlineData("\"BillingMode\":\"PROVISIONED\"", "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED")]
    [InlineData("\"BillingMode\":\"PAY_PER_REQUEST\",\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"KEYS_ONLY\"}", "The sandbox does not support streams of DynamoDB.")]
    [InlineData("\"BillingMode\":\"PAY_PER_REQUEST\",\"SSESpecification\":{\"Enabled\":true}", "The sandbox does not support the parameter SSESpecification.")]
    public async Task A_table_that_cannot_be_is_refused(string more, string message)
    {
        (await Call("CreateTable", $$"""{"TableName":"table",{{Simple}},{{more}} }""")).Failed(400, Validation, message);
        Assert.Equal("""{"TableNames":[]}""", (await Call("ListTables", "{}")).Text);
    }

    [Fact]
    public async Task An_index_is_made_of_what_the_table_has()
    {
        await CreateTable();
        await Put("""{"p":{"S":"a"},"r":{"N":"1"},"g":{"S":"x"}}""");
        await Put("""{"p":{"S":"a"},"r":{"N":"2"},"g":{"N":"3"}}""");
        (await Call("UpdateTable", """
            {"TableName":"table","AttributeDefinitions":[{"AttributeName":"g","AttributeType":"S"}],"GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"by-g",
            "Projection":{"ProjectionType":"ALL"},"KeySchema":[{"AttributeName":"g","KeyType":"HASH"}]}}]}
            """)).Succeeded();
        Assert.Equal(["1"], Numbers(await Call("Scan", """{"TableName":"table","IndexName":"by-g"}""")));
        (await Call("UpdateTable", """{"TableName":"table","GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"by-g"}}]}""")).Succeeded();
        (await Call("Scan", """{"TableName":"table","IndexName":"by-g"}""")).Failed(400, Validation);
        (await Call("UpdateTable", """{"TableName":"table","ReplicaUpdates":[]}""")).Failed(400, Validation, "The sandbox does not support the parameter ReplicaUpdates.");
    }

    [Fact]
    public async Task Expired_items_are_shown_until_the_next_full_hour()
    {
        await CreateTable();
        (await Call("UpdateTimeToLive", """{"TableName":"table","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ttl"}}""")).Succeeded();
        Assert.Equal(
            """{"TimeToLiveDescription":{"TimeToLiveStatus":"ENABLED","AttributeName":"ttl"}}""", (await Call("DescribeTimeToLive", """{"TableName":"table"}""")).Text);
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        await Put($$$"""{"p":{"S":"a"},"r":{"N":"1"},"ttl":{"N":"{{{now + 60}}}"} }""");
        await Put($$$"""{"p":{"S":"a"},"r":{"N":"2"},"ttl":{"N":"{{{now + 7200}}}"} }""");
        await Put($$$"""{"p":{"S":"a"},"r":{"N":"3"},"ttl":{"S":"{{{now + 60}}}"} }""");
        await Put($$$"""{"p":{"S":"a"},"r":{"N":"4"},"ttl":{"N":"{{{now - (6L * 365 * 24 * 3600)}}}"} }""");

        Server.AdvanceTime(TimeSpan.FromSeconds(61));
        Assert.NotNull(await Item("a", 1));
        Server.AdvanceTime(TimeSpan.FromHours(1));
        Assert.Null(await Item("a", 1));
        Assert.NotNull(await Item("a", 2));
        Server.AdvanceTime(TimeSpan.FromHours(3));
        Assert.Null(await Item("a", 2));
        Assert.NotNull(await Item("a", 3));
        Assert.NotNull(await Item("a", 4));
    }

    [Fact]
    public async Task Tables_have_tags_and_no_backups()
    {
        await CreateTable(more: ",\"Tags\":[{\"Key\":\"a\",\"Value\":\"1\"}]");
        const string Arn = "\"ResourceArn\":\"arn:aws:dynamodb:eu-west-1:123456789012:table/table\"";
        (await Call("TagResource", $$"""{{{Arn}},"Tags":[{"Key":"b","Value":"2"}]}""")).Succeeded();
        (await Call("UntagResource", $$"""{{{Arn}},"TagKeys":["a"]}""")).Succeeded();
        Assert.Equal("""{"Tags":[{"Key":"b","Value":"2"}]}""", (await Call("ListTagsOfResource", $$"""{{{Arn}} }""")).Succeeded().Text);
        Assert.Equal(
            "DISABLED",
            (await Call("DescribeContinuousBackups", """{"TableName":"table"}""")).Succeeded().Json.GetProperty("ContinuousBackupsDescription")
                .GetProperty("PointInTimeRecoveryDescription").GetProperty("PointInTimeRecoveryStatus").GetString());
        (await Call("UpdateContinuousBackups", """{"TableName":"table"}""")).Failed(400, "UnknownOperationException");
    }

    [Fact]
    public async Task All_of_it_survives_saving_and_loading()
    {
        await CreateTable();
        await Put("""{"p":{"S":"a/ä"},"r":{"N":"-1.5"},"s":{"NS":["3","1"]}}""");
        string saved = (await Aws.Admin(HttpMethod.Get, "state")).Text;
        (await Aws.Admin(HttpMethod.Post, "reset")).Succeeded();
        (await Call("Scan", """{"TableName":"table"}""")).Failed(400, NotFound);
        (await Aws.Admin(HttpMethod.Put, "state", saved)).Succeeded();
        Assert.Equal(
            """[{"p":{"S":"a/ä"},"r":{"N":"-1.5"},"s":{"NS":["3","1"]}}]""",
            (await Call("Scan", """{"TableName":"table"}""")).Succeeded().Json.GetProperty("Items").GetRawText());
    }
}
