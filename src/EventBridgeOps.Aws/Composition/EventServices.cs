using EventBridgeOps.Archives;
using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Jobs;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.Projects.LiveTesting;
using EventBridgeOps.Publishing;
using EventBridgeOps.Roles;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Aws.Composition;

/// <summary>Events: IDs, sending, archives and replays, testing patterns, and the check of the whole path.</summary>
internal static class EventServices
{
    public static ServiceRegistry AddEvents(this ServiceRegistry registry) => registry
        .Add(session => new IdSource(session.Host.Time, session.Host.Random))
        .Add(session => new BusPresence(session.Get<IEventBridgeApi>(), session.Get<IIdentityApi>(), session.Region, session.Get<ItemRetry>()))
        .Add(session => new EventPublisher(session.Get<IEventBusApi>(), session.Get<BusPresence>(), session.Get<IdSource>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new ServicePatterns(session.Get<IEventBridgeApi>(), session.Get<ItemRetry>()))
        .Add(session => new ConnectionPorts(session.Get<IEventBridgeApi>(), session.Get<IEventBusApi>(), session.Get<IBatchApi>(), session.Get<IBatchJobApi>(), session.Get<IQueueApi>(), session.Get<IIdentityApi>(), session.Get<IRoleApi>()))
        .Add(session => new ConnectionCheck(session.Get<ConnectionPorts>(), session.Get<EventPublisher>(), session.Region, session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new ArchiveReader(session.Get<IArchiveApi>(), session.Get<ItemRetry>()))
        .Add(session => new ReplayReader(session.Get<IArchiveApi>(), session.Get<ItemRetry>()))
        .Add(session => new ReplayStarter(session.Get<IArchiveApi>(), session.Get<RuleReader>(), session.Get<IdSource>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new ReplayStopper(session.Get<IArchiveApi>(), session.Get<ItemRetry>()))
        .Add(session => new LiveTestPorts(
            session.Get<IEventBridgeApi>(), session.Get<ITestBusApi>(), session.Get<IEventBusApi>(), session.Get<ITestQueueApi>(), session.Get<IQueueApi>(), session.Get<IIdentityApi>(),
            session.Get<BusPresence>(), session.Get<IdSource>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new LiveTester(session.Get<LiveTestPorts>(), session.Region));
}
