using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests;

public sealed class ItemTests : DynamoTest
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await CreateTable();
    }

    [Fact]
    public async Task An_item_is_read_as_it_was_put_with_its_numbers_in_full()
    {
        await Put("""
            {"p":{"S":"a"},"r":{"N":"1.0"},"n":{"N":"1.5e3"},"tiny":{"N":"-12E-4"},"b":{"B":"AP8="},"null":{"NULL":true},"yes":{"BOOL":true},
            "set":{"NS":["2","1.50"]},"list":{"L":[{"S":""},{"M":{"x":{"SS":["ä"]}}}]}}
            """);
        Assert.Equal(
            """{"p":{"S":"a"},"r":{"N":"1"},"n":{"N":"1500"},"tiny":{"N":"-0.0012"},"b":{"B":"AP8="},"null":{"NULL":true},"yes":{"BOOL":true},"set":{"NS":["2","1.5"]},"list":{"L":[{"S":""},{"M":{"x":{"SS":["ä"]}}}]}}""",
            await Item("a", 1));
        Assert.Null(await Item("a", 2));
    }

    [Fact]
    public async Task A_condition_decides_and_may_show_the_item()
    {
        await Put("""{"p":{"S":"a"},"r":{"N":"1"},"v":{"N":"1"}}""");
        const string Again = """{"TableName":"table","Item":{"p":{"S":"a"},"r":{"N":"1"}},"ConditionExpression":"attribute_not_exists(p)" """;
        Answer refused = await Call("PutItem", Again + "}");
        refused.Failed(400, ConditionFailed, "The conditional request failed");
        Assert.False(refused.Json.TryGetProperty("Item", out _));

        Answer shown = await Call("PutItem", Again + ""","ReturnValuesOnConditionCheckFailure":"ALL_OLD"}""");
        shown.Failed(400, ConditionFailed);
        Assert.Equal("""{"p":{"S":"a"},"r":{"N":"1"},"v":{"N":"1"}}""", shown.Json.GetProperty("Item").GetRawText());
        Assert.NotNull(await Item("a", 1));

        (await Call("DeleteItem", $$$"""
            {"TableName":"table","Key":{{{Key("a", 1)}}},"ConditionExpression":"v = :v","ExpressionAttributeValues":{":v":{"N":"1.0"} } }
            """)).Succeeded();
        Assert.Null(await Item("a", 1));
    }

    [Theory]
    [InlineData("NONE", null)]
    [InlineData("ALL_OLD", """{"p":{"S":"a"},"r":{"N":"1"},"v":{"N":"1"},"w":{"N":"5"}}""")]
    [InlineData("UPDATED_OLD", """{"v":{"N":"1"}}""")]
    [InlineData("ALL_NEW", """{"p":{"S":"a"},"r":{"N":"1"},"v":{"N":"3"},"w":{"N":"5"}}""")]
    [InlineData("UPDATED_NEW", """{"v":{"N":"3"}}""")]
    public async Task An_update_returns_what_was_asked_for(string returnValues, string? attributes)
    {
        await Put("""{"p":{"S":"a"},"r":{"N":"1"},"v":{"N":"1"},"w":{"N":"5"}}""");
        Answer answer = await Call("UpdateItem", $$$"""
            {"TableName":"table","Key":{{{Key("a", 1)}}},"ReturnValues":"{{{returnValues}}}","UpdateExpression":"SET v = v + :n","ExpressionAttributeValues":{":n":{"N":"2"} } }
            """);
        Assert.Equal(attributes, answer.Succeeded().Json.TryGetProperty("Attributes", out JsonElement found) ? found.GetRawText() : null);
    }

    [Theory]
    [InlineData("""{"p":{"S":"a"}}""", "One or more parameter values were invalid: Missing the key r in the item")]
    [InlineData("""{"p":{"N":"1"},"r":{"N":"1"}}""", "One or more parameter values were invalid: Type mismatch for key p expected: S actual: N")]
    [InlineData("""{"p":{"S":""},"r":{"N":"1"}}""", "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p")]
    [InlineData("""{"p":{"S":"a"},"r":{"N":"x"}}""", "The parameter cannot be converted to a numeric value: x")]
    [InlineData("""{"p":{"S":"a"},"r":{"N":"1e126"}}""", "Number overflow. Attempting to store a number with magnitude larger than supported range")]
    [InlineData("""{"p":{"S":"a"},"r":{"N":"1e-131"}}""", "Number underflow. Attempting to store a number with magnitude smaller than supported range")]
    [InlineData("""{"p":{"S":"a"},"r":{"N":"123456789012345678901234567890123456789"}}""", "Attempting to store more than 38 significant digits in a Number")]
    [InlineData("""{"p":{"S":"a"},"r":{"N":"1"},"s":{"SS":[]}}""", "One or more parameter values were invalid: An string set  may not be empty")]
    [InlineData("""{"p":{"S":"a"},"r":{"N":"1"},"s":{"NS":["1","1.0"]}}""", "Input collection contains duplicates")]
    [InlineData("""{"p":{"S":"a"},"r":{"N":"1"},"s":{}}""", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [InlineData("""{"p":{"S":"a"},"r":{"N":"1"},"s":{"S":"a","N":"1"}}""", "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes")]
    public async Task An_item_that_the_service_refuses_is_refused_in_its_words(string item, string message) =>
        (await Call("PutItem", $$"""{"TableName":"table","Item":{{item}}}""")).Failed(400, Validation, message);

    [Fact]
    public async Task Sizes_are_limited()
    {
        string Text(int length) => new('x', length);
        await Put($$$"""{"p":{"S":"{{{Text(2048)}}}"},"r":{"N":"1"}}""");
        (await Call("PutItem", $$$$"""{"TableName":"table","Item":{"p":{"S":"{{{{Text(2049)}}}}"},"r":{"N":"1"}}}""")).Failed(
            400, Validation, "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes");

        const int Rest = (400 * 1024) - 7; // p=a, r=1 in two bytes, and the name v
        await Put($$$"""{"p":{"S":"a"},"r":{"N":"1"},"v":{"S":"{{{Text(Rest + 1)}}}"}}""");
        (await Call("PutItem", $$$$"""{"TableName":"table","Item":{"p":{"S":"a"},"r":{"N":"1"},"v":{"S":"{{{{Text(Rest + 2)}}}}"}}}""")).Failed(
            400, Validation, "Item size has exceeded the maximum allowed size");
        (await Update("SET w = :w", """{":w":{"S":"x"}}""")).Failed(400, Validation, "Item size to update has exceeded the maximum allowed size");

        string deep = string.Concat(Enumerable.Repeat("""{"L":[""", 40)) + string.Concat(Enumerable.Repeat("]}", 40));
        (await Call("PutItem", $$$"""{"TableName":"table","Item":{"p":{"S":"a"},"r":{"N":"1"},"v":{{{deep}}}}}""")).Failed(
            400, Validation, "Nesting Levels have exceeded supported limits");
    }

    [Fact]
    public async Task What_would_be_ignored_is_refused()
    {
        string start = $$"""{"TableName":"table","Key":{{Key("a", 1)}}""";
        (await Call("UpdateItem", start + ""","AttributeUpdates":{}}""")).Failed(
            400, Validation, "The sandbox does not support the legacy parameter AttributeUpdates. Use UpdateExpression.");
        (await Call("DeleteItem", start + ""","Expected":{}}""")).Failed(
            400, Validation, "The sandbox does not support the legacy parameter Expected. Use ConditionExpression.");
        (await Call("GetItem", start + ""","AttributesToGet":["a"]}""")).Failed(400, Validation);
        (await Call("GetItem", start + ""","New":1}""")).Failed(400, Validation, "The sandbox does not support the member New of GetItem.");
        (await Call("ExecuteStatement", "{}")).Failed(400, "UnknownOperationException");
        (await Call("PutItem", """{"TableName":"table","Item":{"p":{"S":1}}}""")).Failed(400, "com.amazon.coral.service#SerializationException");
        (await Call("GetItem", $$"""{"TableName":"nothing","Key":{{Key("a", 1)}} }""")).Failed(400, NotFound, "Requested resource not found");
        (await Call("GetItem", """{"TableName":"table","Key":{"p":{"S":"a"}}}""")).Failed(400, Validation, "The provided key element does not match the schema");
    }

    [Fact]
    public async Task Capacity_is_counted_when_it_is_asked_for()
    {
        Answer written = await Call("PutItem", $$$"""
            {"TableName":"table","ReturnConsumedCapacity":"TOTAL","Item":{"p":{"S":"a"},"r":{"N":"1"},"v":{"S":"{{{new string('x', 1500)}}}"} } }
            """);
        Assert.Equal("""{"ConsumedCapacity":{"TableName":"table","CapacityUnits":2.0}}""", written.Succeeded().Text);
        Answer read = await Call("GetItem", $$"""{"TableName":"table","ReturnConsumedCapacity":"INDEXES","ProjectionExpression":"r","Key":{{Key("a", 1)}} }""");
        Assert.Equal("""{"Item":{"r":{"N":"1"}},"ConsumedCapacity":{"TableName":"table","CapacityUnits":0.5,"Table":{"CapacityUnits":0.5}}}""", read.Succeeded().Text);
    }
}
