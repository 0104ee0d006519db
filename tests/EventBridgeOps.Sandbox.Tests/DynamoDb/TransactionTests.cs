using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Sandbox.Tests;

public sealed class TransactionTests : DynamoTest
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await CreateTable();
        await Put("""{"p":{"S":"a"},"r":{"N":"1"},"v":{"N":"1"}}""");
    }

    [Fact]
    public async Task A_transaction_does_all_or_nothing_and_says_why()
    {
        Answer canceled = await Call("TransactWriteItems", $$"""
            {"TransactItems":[
            {"Put":{"TableName":"table","Item":{{Key("b", 1)}} } },
            {"Update":{"TableName":"table","Key":{{Key("a", 1)}},"UpdateExpression":"SET v = :v","ConditionExpression":"v > :v",
              "ExpressionAttributeValues":{":v":{"N":"5"} },"ReturnValuesOnConditionCheckFailure":"ALL_OLD"} },
            {"Update":{"TableName":"table","Key":{{Key("a", 2)}},"UpdateExpression":"SET v = absent"} }]}
            """);
        canceled.Failed(
            400, Canceled, "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ValidationError]");
        Assert.Equal(
            """
            [{"Code":"None"},{"Code":"ConditionalCheckFailed","Message":"The conditional request failed","Item":{"p":{"S":"a"},"r":{"N":"1"},"v":{"N":"1"}}},
            {"Code":"ValidationError","Message":"The provided expression refers to an attribute that does not exist in the item"}]
            """.ReplaceLineEndings(""), canceled.Json.GetProperty("CancellationReasons").GetRawText());
        Assert.Null(await Item("b", 1));
    }

    [Fact]
    public async Task A_repeated_token_does_it_once()
    {
        string Increment(int by) => $$"""
            {"ClientRequestToken":"t","TransactItems":[{"Update":{"TableName":"table","Key":{{Key("a", 1)}},"UpdateExpression":"ADD v :v",
            "ExpressionAttributeValues":{":v":{"N":"{{by}}"} } } }]}
            """;
        (await Call("TransactWriteItems", Increment(1))).Succeeded();
        (await Call("TransactWriteItems", Increment(1))).Succeeded();
        Assert.Contains("\"v\":{\"N\":\"2\"}", await Item("a", 1));
        (await Call("TransactWriteItems", Increment(2))).Failed(400, OtherParameters);
        Server.AdvanceTime(TimeSpan.FromMinutes(11));
        (await Call("TransactWriteItems", Increment(2))).Succeeded();
        Assert.Contains("\"v\":{\"N\":\"4\"}", await Item("a", 1));
    }

    [Fact]
    public async Task A_transaction_reads_what_there_is()
    {
        Answer answer = await Call("TransactGetItems", $$"""
            {"TransactItems":[{"Get":{"TableName":"table","Key":{{Key("a", 1)}},"ProjectionExpression":"v"} },{"Get":{"TableName":"table","Key":{{Key("z", 1)}} } }]}
            """);
        Assert.Equal("""{"Responses":[{"Item":{"v":{"N":"1"}}},{}]}""", answer.Succeeded().Text);
    }

    [Fact]
    public async Task A_batch_writes_and_reads_many()
    {
        (await Call("BatchWriteItem", $$"""
            {"RequestItems":{"table":[{"PutRequest":{"Item":{{Key("b", 1)}} } },{"DeleteRequest":{"Key":{{Key("a", 1)}} } }]} }
            """)).Succeeded();
        Answer read = (await Call("BatchGetItem", $$"""{"RequestItems":{"table":{"Keys":[{{Key("a", 1)}},{{Key("b", 1)}}]} } }""")).Succeeded();
        Assert.Equal("""{"Responses":{"table":[{"p":{"S":"b"},"r":{"N":"1"}}]},"UnprocessedKeys":{}}""", read.Text);

        string same = $$"""{"DeleteRequest":{"Key":{{Key("a", 1)}} } }""";
        (await Call("BatchWriteItem", $$"""{"RequestItems":{"table":[{{same}},{{same}}]} }""")).Failed(400, Validation, "Provided list of item keys contains duplicates");
        string many = string.Join(",", Enumerable.Range(0, 26).Select(number => $$"""{"DeleteRequest":{"Key":{{Key("a", number)}} } }"""));
        (await Call("BatchWriteItem", $$"""{"RequestItems":{"table":[{{many}}]} }""")).Failed(400, Validation, "Too many items requested for the BatchWriteItem call");
        (await Call("BatchGetItem", """{"RequestItems":{}}""")).Failed(400, Validation);
    }

    [Fact]
    public async Task A_held_effect_is_not_seen_by_a_consistent_read()
    {
        Server.Faults.Add("PutItem", Fault.HoldEffect(1), times: 1);
        await Put("""{"p":{"S":"a"},"r":{"N":"1"},"v":{"N":"2"}}""");
        Assert.Contains("\"N\":\"2\"", await Item("a", 1));
        string eventually = $$"""{"TableName":"table","ProjectionExpression":"v","Key":{{Key("a", 1)}} }""";
        Assert.Equal("""{"Item":{"v":{"N":"1"}}}""", (await Call("GetItem", eventually)).Text);
        Assert.Equal("""{"Item":{"v":{"N":"2"}}}""", (await Call("GetItem", eventually)).Text);
    }
}
