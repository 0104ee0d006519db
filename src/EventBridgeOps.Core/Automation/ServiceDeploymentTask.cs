using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.ServiceDeployments;

namespace EventBridgeOps.Automation;

/// <summary>Amazon ECS reports a deployment: one that the automation started is concluded by its own ID. That the service is stable says nothing, because it is stable after a rollback too.</summary>
/// <param name="reader">Reads deployments.</param>
/// <param name="started">What was started.</param>
public sealed class ServiceDeploymentTask(ServiceDeploymentReader reader, StartedDeployments started)
{
    /// <summary>The same for each delivery of the event, and another for the failure of a deployment than for its completion.</summary>
    /// <param name="happened">The event.</param>
    public static WorkKey Key(ServiceDeploymentEvent happened) => new("service-deployment", $"{happened.DeploymentId} {happened.Outcome}");

    /// <summary>The deployment that the event ends.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="observer">Receives why it is skipped.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Null if it ends none that the automation started.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.WorkTableUnavailable"/>.</exception>
    public async Task<StartedDeployment?> FindAsync(ServiceDeploymentEvent happened, IRunObserver observer, CancellationToken cancellationToken)
    {
        StartedDeployment? own = happened.IsRollback || happened.Outcome == ServiceEventOutcome.InProgress ? null : await started.FindAsync(happened.DeploymentId, cancellationToken);
        if (own is null)
        {
            observer.Verbose(happened.IsRollback ? AutomationMessages.RollbackTo(happened.DeploymentId, Name(happened))
                : happened.Outcome == ServiceEventOutcome.InProgress ? AutomationMessages.DeploymentInProgress(happened.DeploymentId, Name(happened))
                : AutomationMessages.NotStartedHere(happened.DeploymentId, Name(happened)));
        }

        return own;
    }

    /// <summary>Concludes the deployment.</summary>
    /// <param name="own">The deployment.</param>
    /// <param name="happened">The event.</param>
    /// <param name="observer">Receives warnings.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="OpsException">A failure that may pass: the event should be delivered again.</exception>
    public async Task<AutomationOutcome> RunAsync(StartedDeployment own, ServiceDeploymentEvent happened, IRunObserver observer, CancellationToken cancellationToken)
    {
        string service = Name(happened);
        ServiceState state = happened.Outcome == ServiceEventOutcome.Completed ? ServiceState.Completed : ServiceState.Failed;
        string? running = own.To;
        if (state == ServiceState.Failed && await RollbackAsync(happened, observer, cancellationToken) is { } rollback)
            (state, running) = (ServiceState.RolledBack, rollback);
        Message said = state switch
        {
            ServiceState.Completed => AutomationMessages.DeploymentCompleted(happened.DeploymentId, service, running),
            ServiceState.RolledBack => AutomationMessages.DeploymentRolledBack(happened.DeploymentId, service, happened.Reason, running),
            _ => AutomationMessages.DeploymentFailed(happened.DeploymentId, service, happened.Reason),
        };
        return new AutomationOutcome
        {
            Task = AutomationTask.ServiceDeployment,
            Status = state == ServiceState.Completed ? AutomationStatus.Done : AutomationStatus.Failed,
            Message = observer.Text(said),
            ChangeIds = own.ChangeId is { } change ? [change] : [],
            Items = [new AutomationItem("service", service, own.From, running, state.ToString(), state == ServiceState.Completed ? null : happened.Reason)],
            Facts = new Dictionary<string, string>(own.Facts.ToDictionary(fact => fact.Key, fact => fact.Value)) { ["deploymentId"] = happened.DeploymentId, ["state"] = state.ToString() },
        };
    }

    /// <summary>The task definition to which a service returned after a failure; null if it did not, or if that is not known.</summary>
    private async Task<string?> RollbackAsync(ServiceDeploymentEvent happened, IRunObserver observer, CancellationToken cancellationToken)
    {
        ServiceQuery query = new() { ClusterName = happened.ClusterName is { } cluster ? [cluster] : [], ServiceName = [happened.ServiceArn] };
        List<ServiceDeployment> deployments = await reader.ReadAsync(query, observer, cancellationToken).ToListAsync(cancellationToken);
        ServiceDeployment? own = deployments.Find(deployment => deployment.DeploymentId == happened.DeploymentId), primary = deployments.Find(deployment => deployment.IsPrimary);
        return primary is not null && primary.DeploymentId != happened.DeploymentId && own is null or { State: ServiceState.RolledBack } ? primary?.TaskDefinition : null;
    }

    private static string Name(ServiceDeploymentEvent happened) => happened.ClusterName is { } cluster ? $"{cluster}/{happened.ServiceName}" : happened.ServiceName;
}
