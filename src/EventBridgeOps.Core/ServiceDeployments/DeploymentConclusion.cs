using System.Text.RegularExpressions;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>What became of a deployment.</summary>
/// <param name="State">Its state.</param>
/// <param name="Reason">The reason, in the words of Amazon ECS; null if it gave none.</param>
internal sealed record DeploymentConclusion(ServiceState State, string? Reason)
{
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html: a rollback is in progress as well, and only its reason says what it is.
    private static readonly Regex Rollback = new(@"\broll(ing|ed)?[ -]?back\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>Whether Amazon ECS speaks of a rollback.</summary>
    /// <param name="reason">Its reason.</param>
    public static bool IsRollback(string? reason) => reason is not null && Rollback.IsMatch(reason);

    /// <summary>What became of one of the deployments that a service lists. That the service is stable says nothing: it is stable after a rollback too.</summary>
    /// <param name="service">The service.</param>
    /// <param name="deployment">The deployment.</param>
    public static DeploymentConclusion Of(ServiceDocument service, DeploymentDocument deployment)
    {
        DeploymentDocument? rollback = service.Deployments.FirstOrDefault(other => other.Id != deployment.Id && other.IsPrimary && IsRollback(other.RolloutStateReason));
        bool isAlone = !service.Deployments.Any(other => other.Id != deployment.Id);
        return deployment.RolloutState switch
        {
            "COMPLETED" => new(ServiceState.Completed, deployment.RolloutStateReason),
            "FAILED" when rollback is not null || (service.RollsBack && !isAlone) => new(ServiceState.RolledBack, Join(deployment.RolloutStateReason, rollback?.RolloutStateReason)),
            "FAILED" => new(ServiceState.Failed, deployment.RolloutStateReason),
            _ when !deployment.IsPrimary && rollback is not null => new(ServiceState.RolledBack, rollback.RolloutStateReason),
            _ when !deployment.IsPrimary => new(ServiceState.Replaced, service.Primary?.RolloutStateReason),
            // Services behind a Classic Load Balancer have no rollout state: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html.
            null when isAlone && deployment.IsComplete => new(ServiceState.Completed, null),
            _ => new(ServiceState.Deploying, deployment.RolloutStateReason),
        };
    }

    private static string? Join(string? failed, string? rollback) => failed is null || rollback is null || failed == rollback ? failed ?? rollback : $"{failed} {rollback}";
}
