using System.Globalization;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>
/// The course of the deployments of a service: by the clock, as the script of the service says. No tasks run: a deployment completes
/// when its images can be pulled.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html</remarks>
internal sealed class DeploymentCourse : IDueHandler
{
    private const string DueKind = "ecsDeployment";

    /// <summary>So long a deployment takes, and a task until it fails.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(3);

    /// <summary>The longest that ECS waits before it starts the next task: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(27);

    public string Kind => DueKind;

    /// <summary>Starts a deployment of a service as it is stored.</summary>
    public static void Start(Operation operation, string key)
    {
        RawDocument service = operation.State["ecsServices"][key];
        string id = EcsNames.DeploymentId(operation);
        RawDocument before = Rollouts.Primary(service) is { } primary ? Rollouts.Kept(operation, primary) : RawDocument.Empty;
        if (before.Text("serviceDeploymentArn") is { } superseded)
            ServiceDeployments.Stop(operation, superseded, "A newer service deployment was started."); // AWS documents no words for it.
        string revision = ServiceRevisions.Create(operation, key, service);
        operation.State["ecsRollouts"][id] = RawDocument.Empty
            .With("serviceDeploymentArn", ServiceDeployments.Create(operation, key, service, before.Text("serviceRevisionArn"), revision))
            .With("serviceRevisionArn", revision);

        string reason = $"ECS deployment {id} in progress.";
        long desired = service.Number("desiredCount") ?? 0;
        RawDocument deployment = RawDocument.Empty
            .With("id", id)
            .With("status", Rollouts.IsPrimary)
            .With("taskDefinition", service.Text("taskDefinition"))
            .With("desiredCount", desired)
            .With("pendingCount", desired)
            .With("runningCount", 0)
            .With("failedTasks", 0)
            .With("createdAt", Json.Time(operation.Now))
            .With("updatedAt", Json.Time(operation.Now))
            .With(service.Only("capacityProviderStrategy", "launchType", "platformVersion", "networkConfiguration"))
            .With("rolloutState", Rollouts.InProgress)
            .With("rolloutStateReason", reason);
        if (desired > 0)
            service = DeploymentEvents.Said(operation, service, string.Format(CultureInfo.InvariantCulture, "has started {0} tasks: (task {1}).", desired, operation.Account.Random.Id().Replace("-", "")));
        service = Rollouts.WithCurrent(operation, Rollouts.WithPrimary(service, deployment), deployment);
        operation.State["ecsServices"][key] = service;
        DeploymentEvents.InProgress(operation, service, id, reason);
        Plan(operation, key, deployment);
    }

    /// <summary>
    /// A service with another desired count, which its tasks follow at once. It does not start a deployment:
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/update-service-parameters.html.
    /// </summary>
    public static RawDocument Scale(RawDocument service)
    {
        long desired = service.Number("desiredCount") ?? 0;
        if (Rollouts.Primary(service) is not { } primary)
            return service;
        bool isRunning = primary.Text("rolloutState") == Rollouts.Completed;
        return Rollouts.WithChanged(service, primary
            .With("desiredCount", desired)
            .With("runningCount", isRunning ? desired : 0)
            .With("pendingCount", primary.Text("rolloutState") == Rollouts.InProgress ? desired : 0));
    }

    /// <summary>Ends a service: its tasks stop, and then it is INACTIVE.</summary>
    public static void Drain(Operation operation, string key)
    {
        RawDocument service = operation.State["ecsServices"][key];
        if (Rollouts.Primary(service) is { } primary)
            ServiceDeployments.Stop(operation, Rollouts.Kept(operation, primary).Text("serviceDeploymentArn")!, "The service was deleted.");
        bool hasTasks = service.Number("runningCount") + service.Number("pendingCount") > 0;
        operation.State["ecsServices"][key] = Rollouts.With(service.With("desiredCount", 0), hasTasks ? Rollouts.Of(service) : [])
            .With("status", hasTasks ? ServiceOperations.Draining : ServiceOperations.Inactive);
        if (hasTasks)
            DueWork.Plan(operation, operation.Now + Usual, DueKind, RawDocument.Empty.With("service", key));
    }

    /// <summary>The next step of a deployment, unless a newer one took its place.</summary>
    public void Run(Operation operation, RawDocument work)
    {
        string key = work.Text("service")!;
        if (operation.State["ecsServices"].Find(key) is not { } service)
            return;
        if (service.Text("status") == ServiceOperations.Draining && work["deployment"] is null)
            operation.State["ecsServices"][key] = Rollouts.With(service, []).With("status", ServiceOperations.Inactive);
        if (service.Text("status") != ServiceOperations.Active
            || Rollouts.Primary(service) is not { } primary || primary.Text("id") != work.Text("deployment") || primary.Text("rolloutState") != Rollouts.InProgress)
        {
            return;
        }

        ServiceRevisions.ResolveMissing(operation, Revision(operation, primary), service);
        if (Fault(operation, service, primary) is { } fault)
            FailTask(operation, key, service, primary, fault);
        else
            Complete(operation, key, service, primary);
    }

    /// <summary>Plans the next step. A deployment that fails takes as long as one that completes; after that, ECS waits longer before each task.</summary>
    public static void Plan(Operation operation, string key, RawDocument deployment)
    {
        RawDocument service = operation.State["ecsServices"][key];
        RawDocument script = Script(operation, service, deployment);
        long threshold = DeploymentSettings.Threshold(service);
        long failed = deployment.Number("failedTasks") ?? 0;
        TimeSpan step = Usual;
        if (script.Number("seconds") is { } seconds)
            step = TimeSpan.FromTicks(TimeSpan.FromSeconds(seconds).Ticks / (script.Number("fail") > 0 ? threshold : 1));
        if (failed >= threshold)
            step = TimeSpan.FromTicks((long)Math.Min(LongestWait.Ticks, Usual.Ticks * Math.Pow(2, Math.Min(failed - threshold + 1, 20))));
        DueWork.Plan(operation, operation.Now + step, DueKind, RawDocument.Empty.With("service", key).With("deployment", deployment.Text("id")));
    }

    private static void Complete(Operation operation, string key, RawDocument service, RawDocument primary)
    {
        string id = primary.Text("id")!;
        string reason = $"ECS deployment {id} completed.";
        long desired = service.Number("desiredCount") ?? 0;
        RawDocument completed = primary
            .With("desiredCount", desired)
            .With("pendingCount", 0)
            .With("runningCount", desired)
            .With("updatedAt", Json.Time(operation.Now))
            .With("rolloutState", Rollouts.Completed)
            .With("rolloutStateReason", reason);
        operation.State["ecsCompleted"][key] = completed.With("serviceRevisionArn", Revision(operation, primary));
        service = DeploymentEvents.Said(operation, service, $"(deployment {id}) deployment completed.");
        service = DeploymentEvents.Said(operation, service, "has reached a steady state.");
        service = Rollouts.WithCurrent(operation, Rollouts.With(service, [completed]), completed); // The tasks of the deployments before have stopped.
        operation.State["ecsServices"][key] = service;
        ServiceDeployments.Completed(operation, Rollouts.Kept(operation, primary).Text("serviceDeploymentArn")!, service);
        DeploymentEvents.Completed(operation, service, id, reason);
    }

    private static void FailTask(Operation operation, string key, RawDocument service, RawDocument primary, string fault)
    {
        long threshold = DeploymentSettings.Threshold(service);
        long failed = (primary.Number("failedTasks") ?? 0) + 1;
        RawDocument deployment = primary.With("failedTasks", failed).With("updatedAt", Json.Time(operation.Now));
        service = DeploymentEvents.Said(operation, service, $"failed to launch a task with (error {fault}).");
        ServiceDeployments.TaskFailed(operation, Rollouts.Kept(operation, primary).Text("serviceDeploymentArn")!);
        if (DeploymentSettings.HasBreaker(service) && failed >= threshold)
        {
            Rollback.Break(operation, key, service, deployment);
            return;
        }

        if (failed == threshold)
            service = DeploymentEvents.Said(operation, service, "is unable to consistently start tasks successfully.");
        operation.State["ecsServices"][key] = Rollouts.WithChanged(service, deployment);
        Plan(operation, key, deployment);
    }

    /// <summary>Why the next task of a deployment fails; null if it does not.</summary>
    private static string? Fault(Operation operation, RawDocument service, RawDocument primary)
    {
        if (service.Number("desiredCount") == 0)
            return null; // It starts no task.
        string? pull = ServiceRevisions.ContainerImages(operation, Revision(operation, primary))
            .Select(container => ImagePull.Fault(operation, container.Text("image")!, container.Text("imageDigest"))).FirstOrDefault(fault => fault is not null);
        RawDocument script = Script(operation, service, primary);
        return pull ?? (script.Number("fail") > primary.Number("failedTasks") ? script.Text("reason") ?? "Essential container in task exited" : null);
    }

    private static RawDocument Script(Operation operation, RawDocument service, RawDocument primary) => Rollouts.Kept(operation, primary).Flag("isRollback")
        ? RawDocument.Empty
        : ServiceScript.For(
            operation,
            service.Text("serviceName")!,
            [.. ServiceRevisions.ContainerImages(operation, Revision(operation, primary)).Select(container => container.Text("image")!)]);

    private static string Revision(Operation operation, RawDocument deployment) => Rollouts.Kept(operation, deployment).Text("serviceRevisionArn")!;
}
