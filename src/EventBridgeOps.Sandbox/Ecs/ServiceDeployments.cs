using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>The service deployments: one for each change of a service, with its rollback.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html</remarks>
internal static class ServiceDeployments
{
    private const string InProgress = "IN_PROGRESS";
    private const string RollbackInProgress = "ROLLBACK_IN_PROGRESS";

    private static readonly string[] Statuses =
        ["PENDING", "SUCCESSFUL", "STOPPED", "STOP_REQUESTED", InProgress, "ROLLBACK_REQUESTED", RollbackInProgress, "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"];

    /// <summary>A new service deployment.</summary>
    /// <returns>Its ARN.</returns>
    public static string Create(Operation operation, string serviceKey, RawDocument service, string? source, string target)
    {
        string arn = operation.Arn("ecs", $"service-deployment/{serviceKey}/{EcsNames.ShortId(operation)}");
        Table(operation)[arn] = RawDocument.Empty
            .With("serviceDeploymentArn", arn)
            .With(service.Only("serviceArn", "clusterArn"))
            .With("createdAt", Json.Time(operation.Now))
            .With("startedAt", Json.Time(operation.Now))
            .With("updatedAt", Json.Time(operation.Now))
            .With("sourceServiceRevisions", source is null ? [] : [Summary(source, service, isRunning: true)])
            .With("targetServiceRevision", Summary(target, service, isRunning: false))
            .With("status", InProgress)
            .With("deploymentConfiguration", service["deploymentConfiguration"]!.Value)
            .With("deploymentCircuitBreaker", RawDocument.Empty
                .With("status", DeploymentSettings.HasBreaker(service) ? "MONITORING" : "DISABLED")
                .With("failureCount", 0)
                .With("threshold", DeploymentSettings.Threshold(service)));
        return arn;
    }

    public static void Completed(Operation operation, string arn, RawDocument service)
    {
        if (Table(operation).Find(arn) is not { } deployment)
            return;
        bool isRollback = deployment.Text("status") == RollbackInProgress;
        if (!isRollback)
        {
            deployment = deployment.With("targetServiceRevision", Summary(deployment.Object("targetServiceRevision")!.Text("arn")!, service, isRunning: true))
                .With("deploymentCircuitBreaker", Breaker(deployment, status: "MONITORING_COMPLETE"));
        }

        Ended(operation, deployment, isRollback ? "ROLLBACK_SUCCESSFUL" : "SUCCESSFUL", null);
    }

    public static void TaskFailed(Operation operation, string arn)
    {
        if (Table(operation).Find(arn) is { } deployment)
            Change(operation, deployment.With("deploymentCircuitBreaker", Breaker(deployment).With("failureCount", Breaker(deployment).Number("failureCount") + 1 ?? 1)));
    }

    /// <summary>The circuit breaker opened; without a revision to go back to, the service deployment ends there.</summary>
    public static void Broken(Operation operation, string arn, string reason, string? rollbackRevision)
    {
        if (Table(operation).Find(arn) is not { } deployment)
            return;
        bool wasRollback = deployment.Text("status") == RollbackInProgress;
        deployment = deployment.With("deploymentCircuitBreaker", Breaker(deployment, status: "TRIGGERED"));
        if (rollbackRevision is null)
        {
            Ended(operation, deployment, wasRollback ? "ROLLBACK_FAILED" : "STOPPED", reason);
            return;
        }

        Change(operation, deployment.With("status", RollbackInProgress).With("statusReason", reason).With("rollback", RawDocument.Empty
            .With("reason", reason)
            .With("startedAt", Json.Time(operation.Now))
            .With("serviceRevisionArn", rollbackRevision)));
    }

    /// <summary>A newer service deployment, or the end of the service, stops one that is in progress.</summary>
    public static void Stop(Operation operation, string arn, string reason)
    {
        if (Table(operation).Find(arn) is { } deployment && deployment.Text("status") is InProgress or RollbackInProgress)
            Ended(operation, deployment.With("stoppedAt", Json.Time(operation.Now)), "STOPPED", reason);
    }

    public static RawDocument List(Operation operation)
    {
        RawDocument input = operation.Input;
        EcsErrors.Known(operation, "service", "cluster", "status", "createdAt", "nextToken", "maxResults");
        string reference = EcsErrors.Required(input, "service", "Service");
        string cluster = input.Text("cluster") ?? EcsNames.Service(operation, reference).Cluster ?? "default"; // The ARN of a service is enough.
        string key = ServiceOperations.KeyIn(operation, ClusterOperations.Find(operation, cluster).Name, reference);
        string arn = operation.State["ecsServices"].Find(key)?.Text("serviceArn") ?? throw EcsErrors.NoService();
        List<string> statuses = input.Texts("status").ToList();
        if (statuses.Find(status => !Statuses.Contains(status)) is { } unknown)
            throw EcsErrors.BadParameter($"status {unknown} is not valid: it should be one of [{string.Join(", ", Statuses)}].");
        RawDocument created = input.Object("createdAt") ?? RawDocument.Empty;

        // Newest first.
        IEnumerable<(string Order, RawDocument Deployment)> found = Table(operation).Values
            .Where(row => row.Text("serviceArn") == arn && (statuses.Count == 0 || statuses.Contains(row.Text("status")!)) && IsWithin(Time(row, "createdAt"), created))
            .Select(row => (Order: (99_999_999_999m - Time(row, "createdAt")!.Value).ToString("00000000000.000", System.Globalization.CultureInfo.InvariantCulture) + row.Text("serviceDeploymentArn"), Deployment: row))
            .OrderBy(row => row.Order, StringComparer.Ordinal);
        Paging.Page<(string Order, RawDocument Deployment)> page = operation.Page(found, row => row.Order, input.Number("maxResults"), input.Text("nextToken"));
        return RawDocument.Empty
            .With("serviceDeployments", page.Items.Select(row => row.Deployment
                .Only("serviceDeploymentArn", "serviceArn", "clusterArn", "startedAt", "createdAt", "finishedAt", "status", "statusReason")
                .With("targetServiceRevisionArn", row.Deployment.Object("targetServiceRevision")!.Text("arn"))))
            .With("nextToken", page.NextToken);
    }

    public static RawDocument Describe(Operation operation)
    {
        EcsErrors.Known(operation, "serviceDeploymentArns");
        List<string> wanted = operation.Input.Texts("serviceDeploymentArns").ToList();
        if (wanted.Count is 0 or > 20)
            throw EcsErrors.BadParameter("Service deployment ARNs must be 1 to 20.");
        return RawDocument.Empty
            .With("serviceDeployments", wanted.Where(Table(operation).ContainsKey).Select(arn => Table(operation)[arn]))
            .With("failures", wanted.Where(arn => !Table(operation).ContainsKey(arn)).Select(EcsNames.Missing));
    }

    private static RawDocument Summary(string arn, RawDocument service, bool isRunning)
    {
        long desired = service.Number("desiredCount") ?? 0;
        return RawDocument.Empty
            .With("arn", arn)
            .With("requestedTaskCount", desired)
            .With("runningTaskCount", isRunning ? desired : 0)
            .With("pendingTaskCount", isRunning ? 0 : desired);
    }

    private static RawDocument Breaker(RawDocument deployment) => deployment.Object("deploymentCircuitBreaker") ?? RawDocument.Empty;

    private static RawDocument Breaker(RawDocument deployment, string status) =>
        Breaker(deployment).Text("status") == "DISABLED" ? Breaker(deployment) : Breaker(deployment).With("status", status);

    private static void Ended(Operation operation, RawDocument deployment, string status, string? reason) =>
        Change(operation, deployment.With("status", status).With("statusReason", reason).With("finishedAt", Json.Time(operation.Now)));

    private static void Change(Operation operation, RawDocument deployment) =>
        Table(operation)[deployment.Text("serviceDeploymentArn")!] = deployment.With("updatedAt", Json.Time(operation.Now));

    private static decimal? Time(RawDocument document, string name) =>
        document[name] is { ValueKind: System.Text.Json.JsonValueKind.Number } value && value.TryGetDecimal(out decimal seconds) ? seconds : null;

    private static bool IsWithin(decimal? created, RawDocument span) =>
        (Time(span, "after") is not { } after || created > after) && (Time(span, "before") is not { } before || created < before);

    private static Table Table(Operation operation) => operation.State["ecsServiceDeployments"];
}
