namespace EventBridgeOps.Sandbox.Tests.Ecs;

public sealed class EcsClientTests : SandboxTest
{
    private static readonly Dictionary<string, string> Deviations = new()
    {
        ["create it again"] = "moto has no tags in the second answer, though the cluster has some",
        ["create the default"] = "moto has no list of tags; recorded answers have an empty one",
        ["latest then"] = "moto takes the latest revision; AWS documents the latest ACTIVE one",
    };

    [Fact]
    public Task Boto3_sees_the_same_ecs_as_with_moto() => EngineComparison.SameAsMoto(Server, "compare_ecs.py", Deviations);
}
