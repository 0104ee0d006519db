using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>What the circuit breaker does with a deployment whose tasks fail.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html</remarks>
internal static class Rollback
{
    private const string Prefix = "ECS deployment circuit breaker: ";

    /// <summary>Fails a deployment; if the service rolls back, the last completed deployment is deployed again.</summary>
    public static void Break(Operation operation, string key, RawDocument service, RawDocument deployment)
    {
        string id = deployment.Text("id")!;
        string reason = Prefix + "tasks failed to start."; // So DescribeServices says it; the page of the event has it in the singular.
        string arn = Rollouts.Kept(operation, deployment).Text("serviceDeploymentArn")!;
        RawDocument failed = deployment.With("pendingCount", 0).With("rolloutState", Rollouts.Failed).With("rolloutStateReason", reason);
        service = Rollouts.WithChanged(DeploymentEvents.Said(operation, service, $"(deployment {id}) deployment failed: tasks failed to start."), failed);
        RawDocument? last = operation.State["ecsCompleted"].Find(key);
        if (!DeploymentSettings.RollsBack(service) || last is null || last.Text("id") == id)
        {
            operation.State["ecsServices"][key] = service;
            ServiceDeployments.Broken(operation, arn, reason, null);
            DeploymentEvents.Failed(operation, service, id, Prefix + "task failed to start.");
            return;
        }

        DeploymentEvents.Failed(operation, service, id, Prefix + "task failed to start.");
        To(operation, key, service, last, arn, reason);
    }

    /// <summary>
    /// Deploys the last completed deployment again. Recorded answers show it under the ID that it had, as the reason names it: "ECS deployment circuit breaker:
    /// rolling back to deploymentId ecs-svc/1111111111111111111."
    /// </summary>
    private static void To(Operation operation, string key, RawDocument service, RawDocument last, string serviceDeployment, string why)
    {
        string id = last.Text("id")!;
        string revision = last.Text("serviceRevisionArn")!;
        string reason = $"{Prefix}rolling back to deploymentId {id}.";
        operation.State["ecsRollouts"][id] = RawDocument.Empty
            .With("serviceDeploymentArn", serviceDeployment).With("serviceRevisionArn", revision).With("isRollback", true);
        long running = Rollouts.Of(service).Where(other => other.Text("id") == id).Sum(other => other.Number("runningCount") ?? 0);
        long desired = service.Number("desiredCount") ?? 0;
        RawDocument primary = last.Without("serviceRevisionArn")
            .With("status", Rollouts.IsPrimary)
            .With("desiredCount", desired)
            .With("runningCount", running)
            .With("pendingCount", Math.Max(0, desired - running))
            .With("failedTasks", 0)
            .With("updatedAt", Json.Time(operation.Now))
            .With("rolloutState", Rollouts.InProgress)
            .With("rolloutStateReason", reason);
        service = service.With(last.Only("taskDefinition", "capacityProviderStrategy", "launchType", "platformVersion", "networkConfiguration"));
        service = DeploymentEvents.Said(operation, service, $"rolling back to deployment {id}.");
        service = Rollouts.WithCurrent(operation, Rollouts.WithPrimary(service, primary), primary);
        operation.State["ecsServices"][key] = service;
        ServiceDeployments.Broken(operation, serviceDeployment, why, revision);
        DeploymentEvents.InProgress(operation, service, id, reason);
        DeploymentCourse.Plan(operation, key, primary);
    }
}
