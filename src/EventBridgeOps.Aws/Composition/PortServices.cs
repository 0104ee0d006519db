using EventBridgeOps.Archives;
using EventBridgeOps.Automation;
using EventBridgeOps.Aws.Jobs;
using EventBridgeOps.Aws.Pacing;
using EventBridgeOps.Aws.Services;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Jobs;
using EventBridgeOps.Projects.LiveTesting;
using EventBridgeOps.Publishing;
using EventBridgeOps.Roles;
using EventBridgeOps.Rules;
using EventBridgeOps.ServiceDeployments;

namespace EventBridgeOps.Aws.Composition;

/// <summary>The services of AWS.</summary>
internal static class PortServices
{
    public static ServiceRegistry AddPorts(this ServiceRegistry registry) => registry
        .Add<IEventBridgeApi>(session => new EventBridgeApi(session.Connection.Client(AwsService.EventBridge)))
        .Add<IArchiveApi>(session => new ArchiveApi(session.Connection.Client(AwsService.EventBridge)))
        .Add<IEventBusApi>(session => new EventBusApi(session.Connection.Client(AwsService.EventBridge, PutEvents(session.Region))))
        .Add(session => new RegionalClients(session.Connection))
        .Add<IDeliveryApi>(session => new DeliveryApi(session.Get<RegionalClients>().Of, session.Get<RegionalClients>().OfInvocations))
        .Add<ITargetResourceApi>(session => new TargetResourceApi(session.Get<RegionalClients>().Of))
        .Add<ITrailApi>(session => new TrailApi(session.Connection.Client(AwsService.CloudTrail)))
        .Add<IRoleApi>(session => new RoleApi(session.Get<RegionalClients>().OfIam))
        .Add(session => new BatchClient(session.Connection.Client(AwsService.Batch)))
        .Add<IBatchApi>(session => new BatchApi(session.Get<BatchClient>().Client))
        .Add<IBatchJobApi>(session => new BatchJobApi(session.Get<BatchClient>().Client))
        .Add<IIdentityApi>(session => new IdentityApi(session.Connection.Client(AwsService.Sts)))
        .Add(session => new QueueApi(session.Connection.Client(AwsService.Sqs)))
        .Add<IQueueApi>(session => session.Get<QueueApi>())
        .Add<IMessageQueueApi>(session => session.Get<QueueApi>())
        .Add<IDeadLetterQueueApi>(session => session.Get<QueueApi>())
        .Add<ITestBusApi>(session => new TestBusApi(session.Connection.Client(AwsService.EventBridge)))
        .Add<ITestQueueApi>(session => new TestQueueApi(session.Connection.Client(AwsService.Sqs)))
        .Add<IEcrApi>(session => new EcrApi(region => session.Get<RegionalClients>().Of(AwsService.Ecr, region)))
        .Add<ITopicApi>(session => new TopicApi(region => session.Get<RegionalClients>().Of(AwsService.Sns, region)))
        .Add<IParameterApi>(session => new ParameterApi(session.Connection.Client(AwsService.Ssm)))
        .Add<IEcsApi>(session => new EcsApi(session.Connection.Client(AwsService.Ecs)))
        .Add(session => session.Connection.Dynamo())
        .Add<IMvpTableApi>(session => new MvpTableApi(session.Get<DynamoTable>()));

    /// <summary>PutEvents has a quota of its own.</summary>
    private static Quota PutEvents(string region) => new("events:PutEvents", PutEventsQuota.RequestsPerSecond(region));

    /// <summary>The one client of Batch, for both of its ports.</summary>
    private sealed record BatchClient(AwsDocumentClient Client);
}
