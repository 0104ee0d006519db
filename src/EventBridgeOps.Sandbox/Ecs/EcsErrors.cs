using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>The errors of ECS: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html.</summary>
internal static class EcsErrors
{
    public static AwsError Client(string message) => new(400, "ClientException", message);

    public static AwsError BadParameter(string message) => new(400, "InvalidParameterException", message);

    public static AwsError NoCluster() => new(400, "ClusterNotFoundException", "Cluster not found.");

    public static AwsError NoService() => new(400, "ServiceNotFoundException", "Service not found.");

    /// <summary>A required text member.</summary>
    public static string Required(RawDocument input, string member, string what) =>
        input.Text(member) is { Length: > 0 } text ? text : throw Client($"{what} can not be blank.");

    /// <summary>Refuses members that the sandbox would have to ignore.</summary>
    public static void Known(Operation operation, params string[] known)
    {
        if (operation.Input.Without(known).Members is { Count: > 0 } unknown)
            throw BadParameter(EcsMessages.NoParameter(unknown[0].Key, operation.Call.Operation).ToString());
    }
}
