namespace EventBridgeOps.Sandbox.Tests.Ssm;

public sealed class SsmClientTests : SandboxTest
{
    [Fact]
    public Task Boto3_sees_the_same_parameters_as_with_moto() => EngineComparison.SameAsMoto(Server, "compare_ssm.py", new Dictionary<string, string>
    {
        ["put too large"] = "moto does not limit the size by tier; AWS documents 4 KB",
    });
}
