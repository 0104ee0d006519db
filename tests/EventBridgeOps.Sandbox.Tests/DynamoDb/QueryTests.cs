using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests;

public sealed class QueryTests : DynamoTest
{
    private const string Indexes = """
        ,"GlobalSecondaryIndexes":[{"IndexName":"by-g","Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["v"]},
        "KeySchema":[{"AttributeName":"g","KeyType":"HASH"},{"AttributeName":"r","KeyType":"RANGE"}]}],
        "LocalSecondaryIndexes":[{"IndexName":"by-time","Projection":{"ProjectionType":"KEYS_ONLY"},
        "KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"t","KeyType":"RANGE"}]}]
        """;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await CreateTable(more: Indexes, attributes: """,{"AttributeName":"g","AttributeType":"S"},{"AttributeName":"t","AttributeType":"S"}""");
        foreach (int range in new[] { 10, -3, 2, 0, 100 })
            await Put($$$"""{"p":{"S":"a"},"r":{"N":"{{{range}}}"},"t":{"S":"t{{{100 - range}}}"},"g":{"S":"{{{(range % 4 == 0 ? "x" : "y")}}}"},"v":{"N":"{{{range}}}"},"w":{"S":"w"} }""");
        await Put("""{"p":{"S":"b"},"r":{"N":"1"},"w":{"S":"other"}}""");
    }

    [Fact]
    public async Task A_partition_is_read_in_the_order_of_its_numbers()
    {
        Assert.Equal(["-3", "0", "2", "10", "100"], Numbers(await Query("p = :p", "")));
        Assert.Equal(["100", "10", "2", "0", "-3"], Numbers(await Query("p = :p", ""","ScanIndexForward":false""")));
        Assert.Equal(["0", "2", "10"], Numbers(await Query("p = :p AND r BETWEEN :a AND :b", "", ",\":a\":{\"N\":\"0\"},\":b\":{\"N\":\"1e1\"}")));
    }

    [Fact]
    public async Task Pages_hold_as_many_items_as_were_looked_at_before_the_filter()
    {
        List<string?> all = [];
        int pages = 0;
        string start = "";
        while (true)
        {
            Answer page = (await Query("p = :p", $$""","Limit":2,"FilterExpression":"v > :v"{{start}}""", ",\":v\":{\"N\":\"0\"}")).Succeeded();
            pages++;
            all.AddRange(Numbers(page));
            if (!page.Json.TryGetProperty("LastEvaluatedKey", out JsonElement last))
                break;
            Assert.Equal(2, page.Json.GetProperty("ScannedCount").GetInt32());
            start = $",\"ExclusiveStartKey\":{last.GetRawText()}";
        }

        Assert.Equal(["2", "10", "100"], all);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task A_page_ends_after_a_megabyte()
    {
        for (int range = 1; range <= 5; range++)
            await Put($$$"""{"p":{"S":"big"},"r":{"N":"{{{range}}}"},"v":{"S":"{{{new string('x', 300 * 1024)}}}"} }""");
        Answer page = await Query("p = :p", "", hash: "big");
        Assert.Equal(["1", "2", "3", "4"], Numbers(page)); // The fourth makes it more than a megabyte.
        Assert.Equal("""{"p":{"S":"big"},"r":{"N":"4"}}""", page.Json.GetProperty("LastEvaluatedKey").GetRawText());
        Answer scanned = (await Call("Scan", """{"TableName":"table","Select":"COUNT"}""")).Succeeded();
        Assert.False(scanned.Json.TryGetProperty("Items", out _));
        Assert.True(scanned.Json.TryGetProperty("LastEvaluatedKey", out _));
    }

    [Fact]
    public async Task Indexes_have_what_they_project()
    {
        Answer global = (await Call("Query", """
            {"TableName":"table","IndexName":"by-g","KeyConditionExpression":"g = :g","ExpressionAttributeValues":{":g":{"S":"x"}},"Limit":1}
            """)).Succeeded();
        Assert.Equal("""[{"p":{"S":"a"},"r":{"N":"0"},"g":{"S":"x"},"v":{"N":"0"}}]""", global.Json.GetProperty("Items").GetRawText());
        Assert.Equal("""{"p":{"S":"a"},"r":{"N":"0"},"g":{"S":"x"}}""", global.Json.GetProperty("LastEvaluatedKey").GetRawText());

        Answer local = (await Query("p = :p AND t >= :t", ""","IndexName":"by-time","Select":"ALL_ATTRIBUTES" """, ",\":t\":{\"S\":\"t98\"}")).Succeeded();
        Assert.Equal(["2"], Numbers(local));
        Assert.Equal("w", local.Json.GetProperty("Items")[0].GetProperty("w").GetProperty("S").GetString());
        Assert.Equal(5, (await Call("Scan", """{"TableName":"table","IndexName":"by-g"}""")).Succeeded().Json.GetProperty("Count").GetInt32());

        (await Call("Scan", """{"TableName":"table","IndexName":"by-g","ProjectionExpression":"w"}""")).Failed(
            400, Validation, "One or more parameter values were invalid: Global secondary index by-g does not project [w]");
        (await Call("Scan", """{"TableName":"table","IndexName":"by-g","ConsistentRead":true}""")).Failed(
            400, Validation, "Consistent reads are not supported on global secondary indexes");
        (await Call("Scan", """{"TableName":"table","IndexName":"nothing"}""")).Failed(
            400, Validation, "The table does not have the specified index: nothing");
        (await Call("PutItem", """{"TableName":"table","Item":{"p":{"S":"a"},"r":{"N":"1"},"g":{"N":"1"}}}""")).Failed(
            400, Validation, "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N IndexName: by-g");
    }

    [Fact]
    public async Task Segments_of_a_scan_make_the_whole()
    {
        for (int number = 0; number < 40; number++)
            await Put($$$"""{"p":{"S":"p{{{number}}}"},"r":{"N":"{{{number + 1000}}}"} }""");
        List<string?> all = [];
        List<int> sizes = [];
        for (int segment = 0; segment < 4; segment++)
        {
            List<string?> own = Numbers(await Call("Scan", $$"""{"TableName":"table","Segment":{{segment}},"TotalSegments":4}"""));
            sizes.Add(own.Count);
            all.AddRange(own);
        }

        Assert.Equal(46, all.Count);
        Assert.Equal(46, all.Distinct().Count());
        Assert.All(sizes, size => Assert.InRange(size, 1, 25));
    }

    [Theory]
    [InlineData("r = :r", "Query condition missed key schema element: p")]
    [InlineData("p > :p", "Query key condition not supported")]
    [InlineData("p = :p OR r = :r", "Invalid operator used in KeyConditionExpression: OR")]
    [InlineData("p = :p AND v = :r", "Query condition missed key schema element: r")]
    [InlineData("p = :r", "One or more parameter values were invalid: Condition parameter type does not match schema type")]
    [InlineData("p = :p AND size(r) = :r", "KeyConditionExpressions cannot contain nested operations")]
    public async Task A_condition_on_the_key_that_the_service_refuses_is_refused_in_its_words(string condition, string message)
    {
        string used = string.Join(",", new[] { (":p", "\":p\":{\"S\":\"a\"}"), (":r", "\":r\":{\"N\":\"1\"}") }.Where(value => condition.Contains(value.Item1)).Select(value => value.Item2));
        (await Call("Query", $"{{\"TableName\":\"table\",\"KeyConditionExpression\":\"{condition}\",\"ExpressionAttributeValues\":{{{used}}}}}")).Failed(400, Validation, message);
    }

    [Fact]
    public async Task A_query_that_would_be_ignored_is_refused()
    {
        (await Query("p = :p", ""","FilterExpression":"r > :p" """)).Failed(
            400, Validation, "Filter Expression can only contain non-primary key attributes: Primary key attribute: r");
        (await Query("p = :p", ""","ExclusiveStartKey":{"p":{"S":"b"},"r":{"N":"1"}}""")).Failed(
            400, Validation, "The provided starting key is outside query boundaries based on provided conditions");
        (await Query("p = :p", ""","ExclusiveStartKey":{"p":{"S":"a"}}""")).Failed(400, Validation, "The provided starting key is invalid");
        (await Call("Query", """{"TableName":"table","KeyConditions":{}}""")).Failed(
            400, Validation, "The sandbox does not support the legacy parameter KeyConditions. Use KeyConditionExpression.");
        (await Call("Scan", """{"TableName":"table","ScanFilter":{}}""")).Failed(400, Validation);
        (await Call("Scan", """{"TableName":"table","Segment":4,"TotalSegments":4}""")).Failed(
            400, Validation, "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 4 is not less than TotalSegments: 4");
    }

    private Task<Answer> Query(string condition, string more, string values = "", string hash = "a") => Call("Query",
        $"{{\"TableName\":\"table\",\"KeyConditionExpression\":\"{condition}\",\"ExpressionAttributeValues\":{{\":p\":{{\"S\":\"{hash}\"}}{values}}}{more}}}");
}
