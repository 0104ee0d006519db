using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>Calls DynamoDB with raw documents.</summary>
public abstract class DynamoTest : SandboxFixture
{
    private const string Namespace = "com.amazonaws.dynamodb.v20120810#";
    internal const string Validation = "com.amazon.coral.validate#ValidationException";
    internal const string ConditionFailed = Namespace + "ConditionalCheckFailedException";
    internal const string NotFound = Namespace + "ResourceNotFoundException";
    internal const string InUse = Namespace + "ResourceInUseException";
    internal const string Canceled = Namespace + "TransactionCanceledException";
    internal const string OtherParameters = Namespace + "IdempotentParameterMismatchException";

    internal Task<Answer> Call(string operation, string input) =>
        Aws.Send("dynamodb", "/", "DynamoDB_20120810." + operation, input, "application/x-amz-json-1.0");

    /// <summary>Creates a table with the key "p" (text) and "r" (number).</summary>
    internal async Task CreateTable(string name = "table", string more = "", string attributes = "") =>
        (await Call("CreateTable", $$"""
            {"TableName":"{{name}}","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"r","KeyType":"RANGE"}],
            "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},{"AttributeName":"r","AttributeType":"N"}{{attributes}}]{{more}}}
            """)).Succeeded();

    internal async Task Put(string item, string table = "table") =>
        (await Call("PutItem", $$"""{"TableName":"{{table}}","Item":{{item}}}""")).Succeeded();

    internal static string Key(string hash, int range) => $$"""{"p":{"S":"{{hash}}"},"r":{"N":"{{range}}"} }""";

    /// <summary>The item with that key as it is stored; null if there is none.</summary>
    internal async Task<string?> Item(string hash, int range, string table = "table") =>
        (await Call("GetItem", $$"""{"TableName":"{{table}}","ConsistentRead":true,"Key":{{Key(hash, range)}} }""")).Succeeded().Json
            .TryGetProperty("Item", out JsonElement item) ? item.GetRawText() : null;

    /// <summary>Updates the item "a" 1 with values, which may be used as :a, :b and so on.</summary>
    internal Task<Answer> Update(string expression, string? values = null, string more = "") => Call("UpdateItem", $$"""
        {"TableName":"table","Key":{{Key("a", 1)}},"UpdateExpression":"{{expression}}","ReturnValues":"ALL_NEW"
        {{(values is null ? "" : $",\"ExpressionAttributeValues\":{values}")}}{{more}}}
        """);

    internal static List<string?> Numbers(Answer answer, string attribute = "r") =>
        answer.Succeeded().Json.GetProperty("Items").EnumerateArray().Select(item => item.GetProperty(attribute).GetProperty("N").GetString()).ToList();
}
