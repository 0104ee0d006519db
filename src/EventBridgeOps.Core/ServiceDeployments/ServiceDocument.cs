using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>One service as DescribeServices gave it.</summary>
/// <param name="Document">The service's document.</param>
/// <param name="ClusterName">The cluster's name.</param>
/// <param name="ServiceName">The service's name.</param>
internal sealed record ServiceDocument(JsonObject Document, string ClusterName, string ServiceName)
{
    /// <summary>The task definition that it is to run.</summary>
    public string TaskDefinition => Document.String("taskDefinition") ?? "";

    /// <summary>Its deployments that Amazon ECS still lists; only services with the controller ECS have any.</summary>
    public IEnumerable<DeploymentDocument> Deployments => (Document["deployments"] as JsonArray ?? []).OfType<JsonObject>().Where(each => each.String("id") is not null).Select(each => new DeploymentDocument(each));

    /// <summary>The most recent deployment; null if there is none.</summary>
    public DeploymentDocument? Primary => Deployments.FirstOrDefault(deployment => deployment.IsPrimary);

    /// <summary>What starts its deployments: ECS, CODE_DEPLOY or EXTERNAL.</summary>
    public string Controller => (Document["deploymentController"] as JsonObject)?.String("type") ?? "ECS";

    /// <summary>False for a service that was deleted, which is still described for a while.</summary>
    public bool IsActive => Document.String("status") is null or "ACTIVE";

    /// <summary>Whether it rolls a failed deployment back: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html.</summary>
    public bool RollsBack => Document["deploymentConfiguration"] is JsonObject configuration && (IsOn(configuration["deploymentCircuitBreaker"]) || IsOn(configuration["alarms"]));

    /// <summary>Who else manages it; null if that is not known.</summary>
    public string? Owner => TaskDefinitionDocument.Tag(Document["tags"], "aws:cloudformation:stack-name") is { } stack ? "CloudFormation stack " + stack : null;

    /// <summary>A document, if it is a service's.</summary>
    public static ServiceDocument? From(JsonObject document, string cluster) =>
        document.String("serviceName") is { } name ? new ServiceDocument(document, document.String("clusterArn") is { } arn ? EcsText.Name(arn) : cluster, name) : null;

    /// <summary>Cluster and service.</summary>
    public override string ToString() => $"{ClusterName}/{ServiceName}";

    private static bool IsOn(JsonNode? part) => part is JsonObject settings && IsTrue(settings["enable"]) && IsTrue(settings["rollback"]);

    private static bool IsTrue(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool flag) && flag;
}

/// <summary>One deployment of a service.</summary>
/// <param name="Document">The deployment's part of the document.</param>
internal sealed record DeploymentDocument(JsonObject Document)
{
    public string Id => Document.String("id")!;

    public bool IsPrimary => Document.String("status") == "PRIMARY";

    public string? RolloutState => Document.String("rolloutState");

    public string? RolloutStateReason => Document.String("rolloutStateReason");

    public DateTimeOffset? CreatedAt => EcsText.Time(Document["createdAt"]);

    /// <summary>Whether all of its tasks run.</summary>
    public bool IsComplete => Count("runningCount") is { } running && running == Count("desiredCount");

    private int? Count(string field) => Document[field] is JsonValue value && value.TryGetValue(out int count) ? count : null;
}
