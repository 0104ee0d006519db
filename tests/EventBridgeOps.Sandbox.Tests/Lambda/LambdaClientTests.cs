namespace EventBridgeOps.Sandbox.Tests.Lambda;

public sealed class LambdaClientTests : LambdaTest
{
    [Fact]
    public async Task Boto3IsAtHome()
    {
        if (!File.Exists("/bin/bash"))
            Assert.Skip("SKIPPED: bash is needed for the bootstrap of the test.");
        string seen = await Child.Python("functions.py", Server.Environment, Server.Endpoint.ToString(), Zip("""respond "$event" """));
        Assert.Equal(
            """
            {"payload": {"x": 1}, "status": 200, "version": "$LATEST", "log": true, "policy": "s", "config": 1, "functions": ["f"], "tags": {"a": "b"}, "code": true,
            "mapping": ["Creating", ["Enabled"], 5, 7, "Disabled", "Deleting"], "missing": "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:f"}
            """.ReplaceLineEndings(" "), seen.Trim());
    }
}
