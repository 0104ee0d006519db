using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.ServiceDeployments;
using EventBridgeOps.Tests;

namespace EventBridgeOps.Core.Tests.ServiceDeployments;

public sealed class ServiceDeploymentEventTests
{
    private readonly RecordingObserver _observer = new();

    [Theory]
    [InlineData("SERVICE_DEPLOYMENT_IN_PROGRESS", "ECS deployment ecs-svc/123 in progress.", ServiceEventOutcome.InProgress, false)]
    [InlineData("SERVICE_DEPLOYMENT_COMPLETED", "ECS deployment ecs-svc/123 completed.", ServiceEventOutcome.Completed, false)]
    [InlineData("SERVICE_DEPLOYMENT_FAILED", "ECS deployment circuit breaker: task failed to start.", ServiceEventOutcome.Failed, false)]
    [InlineData("SERVICE_DEPLOYMENT_IN_PROGRESS", "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/122.", ServiceEventOutcome.InProgress, true)]
    public void The_outcome_of_a_deployment_is_read(string name, string reason, ServiceEventOutcome outcome, bool isRollback)
    {
        ServiceDeploymentEvent read = Read(Event(name, reason))!;

        Assert.Equal((outcome, isRollback, "ecs-svc/123", "prod", "web", reason), (read.Outcome, read.IsRollback, read.DeploymentId, read.ClusterName, read.ServiceName, read.Reason));
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.Zero), read.UpdatedAt);
    }

    [Theory]
    [InlineData("\"aws.ecs\"", "\"mine\"", "its source is 'mine', not aws.ecs")]
    [InlineData("ECS Deployment State Change", "ECS Task State Change", "its detail-type is 'ECS Task State Change', not ECS Deployment State Change")]
    public void Other_events_are_skipped(string text, string other, string reason)
    {
        Assert.Null(Read(Event("SERVICE_DEPLOYMENT_COMPLETED", "x").Replace(text, other, StringComparison.Ordinal)));
        Assert.Contains(reason, Assert.Single(_observer.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:ecs", "arn:aws:sqs", "resources")]
    [InlineData("SERVICE_DEPLOYMENT_COMPLETED", "SOMETHING", "detail.eventName")]
    [InlineData("\"ecs-svc/123\"", "7", "detail.deploymentId")]
    public void What_is_not_valid_is_named(string text, string other, string field)
    {
        Assert.Null(Read(Event("SERVICE_DEPLOYMENT_COMPLETED", "x").Replace(text, other, StringComparison.Ordinal)));
        OpsException error = Assert.Single(_observer.Failures).Error;
        Assert.Equal(ErrorIds.InvalidEvent, error.ErrorId);
        Assert.Contains($"field {field} is missing or not valid", error.Message, StringComparison.Ordinal);
    }

    private static string Event(string name, string reason) => $$"""
        {"version":"0","id":"1","detail-type":"ECS Deployment State Change","source":"aws.ecs","account":"123456789012","time":"2026-11-27T09:00:01Z","region":"eu-west-1",
         "resources":["arn:aws:ecs:eu-west-1:123456789012:service/prod/web"],
         "detail":{"eventType":"INFO","eventName":"{{name}}","deploymentId":"ecs-svc/123","updatedAt":"2026-11-27T09:00:00Z","reason":"{{reason}}"} }
        """;

    private ServiceDeploymentEvent? Read(string json) => ServiceDeploymentEvent.Read(EventDocument.Parse(json, "line 1"), _observer);
}
