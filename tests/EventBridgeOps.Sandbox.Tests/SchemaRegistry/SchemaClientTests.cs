using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.SchemaRegistry;

/// <summary>EventBridge Schemas by the clients of others.</summary>
public sealed class SchemaClientTests : SandboxTest
{
    [Fact]
    public async Task Boto3KeepsSchemas()
    {
        JsonElement seen = JsonDocument.Parse(await Child.Python("schemas.py", Server.Environment, Server.Endpoint.ToString())).RootElement;
        Assert.Equal(
            """
            {"registry": "arn:aws:schemas:eu-west-1:123456789012:registry/shop", "versions": ["1", "2"], "newest": "2", "listed": [["shop.orders@OrderPlaced", 2]],
            "dates": true, "found": ["shop.orders@OrderPlaced"], "exported": "{}", "tags": {"b": "2"}, "policy": "2012-10-17",
            "codes": ["BadRequestException", "BadRequestException", "NotFoundException", "ConflictException"], "left": []}
            """.ReplaceLineEndings(" "), seen.GetRawText());
    }
}
