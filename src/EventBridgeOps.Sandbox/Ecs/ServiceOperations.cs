using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>Creates, updates and deletes services. What becomes of their deployments is the matter of <see cref="DeploymentCourse"/>.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html and API_UpdateService.html</remarks>
internal static class ServiceOperations
{
    public const string Active = "ACTIVE";
    public const string Draining = "DRAINING";
    public const string Inactive = "INACTIVE";

    /// <summary>Where tasks run and who reaches them: kept, because no tasks run here.</summary>
    private static readonly string[] Kept =
    [
        "loadBalancers", "serviceRegistries", "capacityProviderStrategy", "platformVersion", "placementConstraints", "placementStrategy", "networkConfiguration",
        "healthCheckGracePeriodSeconds", "enableECSManagedTags", "propagateTags", "enableExecuteCommand", "availabilityZoneRebalancing",
    ];

    /// <summary>What starts a new deployment when it changes: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/update-service-parameters.html.</summary>
    private static readonly string[] Deployed =
        ["loadBalancers", "serviceRegistries", "capacityProviderStrategy", "platformVersion", "networkConfiguration", "placementConstraints", "placementStrategy", "enableECSManagedTags", "propagateTags", "enableExecuteCommand"];

    public static RawDocument Create(Operation operation)
    {
        RawDocument input = operation.Input;
        EcsErrors.Known(operation, [.. Kept, "cluster", "serviceName", "taskDefinition", "desiredCount", "clientToken", "launchType", "role", "deploymentConfiguration", "schedulingStrategy", "deploymentController", "tags"]);
        (string cluster, RawDocument owner) = ClusterOperations.Find(operation, input.Text("cluster"));
        string name = EcsErrors.Required(input, "serviceName", "Service name");
        if (!Regex.IsMatch(name, $@"\A{EcsNames.NamePattern}\z", RegexOptions.CultureInvariant))
            throw EcsErrors.BadParameter("Service name contains invalid characters.");
        DeploymentSettings.Check(input);
        string key = EcsNames.ServiceKey(cluster, name);
        if (Existing(operation, key) is { } existing)
            return existing;

        RawDocument definition = TaskDefinitions.FindActive(operation, EcsErrors.Required(input, "taskDefinition", "TaskDefinition"));
        CheckNetwork(input, definition);
        string arn = operation.Arn("ecs", "service/" + key);
        RawDocument service = RawDocument.Empty
            .With("serviceArn", arn)
            .With("serviceName", name)
            .With("clusterArn", owner.Text("clusterArn"))
            .With("loadBalancers", Json.Array([]))
            .With("serviceRegistries", Json.Array([]))
            .With("status", Active)
            .With("desiredCount", Count(input) ?? 0)
            .With("runningCount", 0)
            .With("pendingCount", 0)
            .With("taskDefinition", definition.Text("taskDefinitionArn"))
            .With("deploymentConfiguration", DeploymentSettings.Of(RawDocument.Empty, input))
            .With("deployments", Json.Array([]))
            .With("events", Json.Array([]))
            .With("createdAt", Json.Time(operation.Now))
            .With("placementConstraints", Json.Array([]))
            .With("placementStrategy", Json.Array([]))
            .With("schedulingStrategy", "REPLICA")
            .With("deploymentController", RawDocument.Empty.With("type", "ECS"))
            .With("createdBy", operation.GlobalArn("iam", "root"))
            .With("enableECSManagedTags", false)
            .With("propagateTags", "NONE")
            .With("enableExecuteCommand", false)
            .With("availabilityZoneRebalancing", "DISABLED")
            .With(input.Only(Kept));
        service = input["capacityProviderStrategy"] is null ? service.With("launchType", input.Text("launchType") ?? "EC2") : service;
        if (input.Text("role") is { } role)
            service = service.With("roleArn", role);
        operation.State["ecsServices"][key] = service;
        operation.State["ecsCompleted"].Remove(key);
        operation.State["ecsTokens"][key] = RawDocument.Empty.With("token", input.Text("clientToken"));
        EcsTags.Forget(operation, arn);
        EcsTags.Set(operation, arn, input);
        DeploymentCourse.Start(operation, key);
        return Answer(operation, key);
    }

    public static RawDocument Update(Operation operation)
    {
        RawDocument input = operation.Input;
        EcsErrors.Known(operation, [.. Kept, "cluster", "service", "taskDefinition", "desiredCount", "forceNewDeployment", "deploymentConfiguration", "deploymentController"]);
        string key = FindKey(operation);
        RawDocument before = operation.State["ecsServices"][key];
        if (before.Text("status") != Active)
            throw new AwsError(400, "ServiceNotActiveException", "Service was not ACTIVE.");

        DeploymentSettings.Check(input);
        RawDocument service = before.With(input.Only(Kept)).With("deploymentConfiguration", DeploymentSettings.Of(before.Object("deploymentConfiguration")!, input));
        if (input.Text("taskDefinition") is { Length: > 0 } reference)
        {
            RawDocument definition = TaskDefinitions.FindActive(operation, reference);
            CheckNetwork(service, definition);
            service = service.With("taskDefinition", definition.Text("taskDefinitionArn"));
        }

        if (Count(input) is { } desired)
            service = DeploymentCourse.Scale(service.With("desiredCount", desired));
        operation.State["ecsServices"][key] = service;
        if (input.Flag("forceNewDeployment") || service.Text("taskDefinition") != before.Text("taskDefinition") || Deployed.Any(IsChanged))
            DeploymentCourse.Start(operation, key);
        return Answer(operation, key);

        bool IsChanged(string member) => input[member] is { } value && before[member]?.GetRawText() != value.GetRawText();
    }

    public static RawDocument Delete(Operation operation)
    {
        EcsErrors.Known(operation, "cluster", "service", "force");
        string key = FindKey(operation);
        RawDocument service = operation.State["ecsServices"][key];
        if (service.Text("status") == Inactive)
            throw EcsErrors.NoService();
        if (service.Number("desiredCount") > 0 && !operation.Input.Flag("force"))
            throw EcsErrors.BadParameter("The service cannot be stopped while it is scaled above 0.");

        DeploymentCourse.Drain(operation, key);
        return Answer(operation, key);
    }

    /// <summary>The key of the service that an input names; a service that is INACTIVE has one too.</summary>
    public static string FindKey(Operation operation)
    {
        (string cluster, _) = ClusterOperations.Find(operation, operation.Input.Text("cluster"));
        string key = KeyIn(operation, cluster, EcsErrors.Required(operation.Input, "service", "Service"));
        return operation.State["ecsServices"].ContainsKey(key) ? key : throw EcsErrors.NoService();
    }

    /// <summary>The key of a service in a cluster.</summary>
    public static string KeyIn(Operation operation, string cluster, string reference)
    {
        (string? named, string name) = EcsNames.Service(operation, reference);
        return named is null || named == cluster
            ? EcsNames.ServiceKey(cluster, name)
            : throw EcsErrors.BadParameter($"Identifier is for {named}. Your cluster is {cluster}");
    }

    private static RawDocument Answer(Operation operation, string key)
    {
        RawDocument service = operation.State["ecsServices"][key];
        return RawDocument.Empty.With("service", service.With("tags", EcsTags.Of(operation, service.Text("serviceArn")!)));
    }

    /// <summary>What a second call with the same token is answered; null if the name is free.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html</remarks>
    private static RawDocument? Existing(Operation operation, string key) => operation.State["ecsServices"].Find(key)?.Text("status") switch
    {
        null or Inactive => null,
        Draining => throw EcsErrors.BadParameter("Unable to Start a service that is still Draining."),
        _ when operation.Input.Text("clientToken") is { } token && token == operation.State["ecsTokens"].Find(key)?.Text("token") => Answer(operation, key),
        _ => throw EcsErrors.BadParameter("Creation of service was not idempotent."),
    };

    private static long? Count(RawDocument input) => input["desiredCount"] is null or { ValueKind: System.Text.Json.JsonValueKind.Null }
        ? null
        : input.Number("desiredCount") is >= 0 and { } count ? count : throw EcsErrors.BadParameter("desiredCount must be a whole number, 0 or more.");

    private static void CheckNetwork(RawDocument service, RawDocument definition)
    {
        if (definition.Text("networkMode") == "awsvpc" && service["networkConfiguration"] is null)
            throw EcsErrors.BadParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
    }
}
