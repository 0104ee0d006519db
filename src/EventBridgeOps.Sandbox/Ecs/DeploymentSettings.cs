using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>How a service is deployed: a rolling update, with or without the circuit breaker.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html</remarks>
internal static class DeploymentSettings
{
    private static readonly RawDocument Defaults = RawDocument.Parse(
        """{"deploymentCircuitBreaker":{"enable":false,"rollback":false},"maximumPercent":200,"minimumHealthyPercent":100,"strategy":"ROLLING","bakeTimeInMinutes":0}""");

    /// <summary>Refuses what the sandbox would have to ignore.</summary>
    public static void Check(RawDocument input)
    {
        if (input.Object("deploymentController")?.Text("type") is { } controller && controller != "ECS")
            throw Unsupported($"the deployment controller {controller}");
        if (input.Text("schedulingStrategy") is { } strategy && strategy != "REPLICA")
            throw Unsupported($"the scheduling strategy {strategy}");
        if (input.Object("deploymentConfiguration") is not { } configuration)
            return;

        RawDocument unknown = configuration.Without([.. Defaults.Members.Select(member => member.Key), "alarms", "lifecycleHooks"]);
        if (unknown.Members.Count > 0)
            throw Unsupported($"deploymentConfiguration.{unknown.Members[0].Key}");
        if (configuration.Text("strategy") is { } kind && kind != "ROLLING")
            throw Unsupported($"the deployment strategy {kind}");
        if (configuration.Object("alarms")?.Flag("enable") == true || configuration.List("lifecycleHooks").Any())
            throw Unsupported("alarms and lifecycle hooks of deployments");
        if (configuration.Object("deploymentCircuitBreaker") is { } breaker
            && !(IsFlag(breaker["enable"]) && IsFlag(breaker["rollback"])))
        {
            throw EcsErrors.BadParameter("deploymentCircuitBreaker.enable and deploymentCircuitBreaker.rollback must be specified.");
        }
    }

    /// <summary>The settings after an update: what it does not name stays.</summary>
    public static RawDocument Of(RawDocument before, RawDocument input) =>
        Defaults.With(before).With(input.Object("deploymentConfiguration") ?? RawDocument.Empty);

    public static bool HasBreaker(RawDocument service) => Breaker(service)?.Flag("enable") == true;

    public static bool RollsBack(RawDocument service) => Breaker(service)?.Flag("rollback") == true;

    /// <summary>So many tasks fail before the circuit breaker opens: half of the desired count, but 3 to 200.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html</remarks>
    public static long Threshold(RawDocument service) => Math.Min(200, Math.Max(3, ((service.Number("desiredCount") ?? 0) + 1) / 2));

    private static bool IsFlag(JsonElement? value) => value is { ValueKind: JsonValueKind.True or JsonValueKind.False };

    private static RawDocument? Breaker(RawDocument service) => service.Object("deploymentConfiguration")?.Object("deploymentCircuitBreaker");

    private static AwsError Unsupported(string what) => EcsErrors.BadParameter(EcsMessages.NotSupported(what).ToString());
}
