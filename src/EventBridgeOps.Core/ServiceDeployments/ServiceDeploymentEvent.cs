using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>What an event says about a deployment.</summary>
public enum ServiceEventOutcome
{
    /// <summary>It was started.</summary>
    InProgress,

    /// <summary>It is completed.</summary>
    Completed,

    /// <summary>It has failed.</summary>
    Failed,
}

/// <summary>An event of Amazon ECS about a deployment of a service.</summary>
/// <remarks>
/// Shape: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html. The failure of a deployment is sent only if
/// the circuit breaker of the service is enabled. A rollback is a deployment too, with its own events; only their reason says what they are.
/// </remarks>
/// <param name="ServiceName">The service's name.</param>
/// <param name="DeploymentId">The deployment's ID.</param>
/// <param name="Outcome">What it says.</param>
public sealed record ServiceDeploymentEvent(string ServiceName, string DeploymentId, ServiceEventOutcome Outcome)
{
    /// <summary>The source of the events.</summary>
    public const string Source = "aws.ecs";

    /// <summary>Their detail-type.</summary>
    public const string DetailType = "ECS Deployment State Change";

    /// <summary>The cluster's name; null if the ARN of the service does not contain it.</summary>
    public string? ClusterName { get; init; }

    /// <summary>The ARN of the service.</summary>
    public required string ServiceArn { get; init; }

    /// <summary>The reason in the words of Amazon ECS; null if there is none.</summary>
    public string? Reason { get; init; }

    /// <summary>True if the event is about a rollback: the deployment before it has failed, even if this one is completed.</summary>
    public bool IsRollback { get; init; }

    /// <summary>When the deployment was updated, in UTC; null if unknown. Events can arrive in another order.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The account; null if the event does not say it.</summary>
    public string? AccountId { get; init; }

    /// <summary>The Region; null if the event does not say it.</summary>
    public string? Region { get; init; }

    /// <summary>The ID of the event; null if it has none.</summary>
    public string? EventId { get; init; }

    /// <summary>Reads an event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="observer">Receives a warning for an event that is skipped, and a failure for one that is not valid.</param>
    /// <returns>Null if it is not the event of a deployment.</returns>
    public static ServiceDeploymentEvent? Read(EventDocument happened, IRunObserver observer)
    {
        JsonObject document;
        try
        {
            document = Document.Parse(happened.Text);
        }
        catch (JsonException e)
        {
            observer.Failed(new ItemFailure(new OpsException(ErrorIds.InvalidEvent, ServiceDeploymentMessages.EventNotReadable(happened.Origin, EventDocument.Reason(e)), e), happened.Origin));
            return null;
        }

        if ((Other(document, "source", Source) ?? Other(document, "detail-type", DetailType)) is { } reason)
        {
            observer.Warning(ServiceDeploymentMessages.EventSkipped(happened.Origin, reason));
            return null;
        }

        JsonObject detail = document["detail"] as JsonObject ?? [];
        string? arn = (document["resources"] as JsonArray ?? []).Select(Document.Text).FirstOrDefault(each => Arn.TryParse(each, out Arn? parsed) && parsed.Service == "ecs" && parsed.Resource.StartsWith("service/", StringComparison.Ordinal));
        ServiceEventOutcome? outcome = detail.String("eventName") switch
        {
            "SERVICE_DEPLOYMENT_IN_PROGRESS" => ServiceEventOutcome.InProgress,
            "SERVICE_DEPLOYMENT_COMPLETED" => ServiceEventOutcome.Completed,
            "SERVICE_DEPLOYMENT_FAILED" => ServiceEventOutcome.Failed,
            _ => null,
        };
        string? missing = arn is null ? "resources" : outcome is null ? "detail.eventName" : detail.String("deploymentId") is not { Length: > 0 } ? "detail.deploymentId" : null;
        if (missing is not null)
        {
            observer.Failed(new ItemFailure(new OpsException(ErrorIds.InvalidEvent, ServiceDeploymentMessages.EventFieldMissing(happened.Origin, missing)), happened.Origin));
            return null;
        }

        return new ServiceDeploymentEvent(EcsText.Name(arn!), detail.String("deploymentId")!, outcome!.Value)
        {
            ClusterName = EcsText.ClusterOf(arn!),
            ServiceArn = arn!,
            Reason = detail.String("reason"),
            IsRollback = DeploymentConclusion.IsRollback(detail.String("reason")),
            UpdatedAt = DateTimeOffset.TryParse(detail.String("updatedAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null,
            AccountId = document.String("account"),
            Region = document.String("region"),
            EventId = document.String("id"),
        };
    }

    private static Message? Other(JsonObject document, string field, string expected) => document.String(field) is var value && value != expected ? ServiceDeploymentMessages.OtherField(field, value, expected) : null;
}
