using EventBridgeOps.Buses;
using EventBridgeOps.Changes;
using EventBridgeOps.Completion;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Roles;
using EventBridgeOps.Routes;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.ServiceDeployments;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Aws.Composition;

/// <summary>Reading: event buses, rules, targets, images, routes and names.</summary>
internal static class TargetServices
{
    public static ServiceRegistry AddTargets(this ServiceRegistry registry) => registry
        .Add(session => new ItemRetry(session.Host.Time, session.Host.Random, session.Options.RetryTimeout))
        .Add(session => new RuleReader(session.Get<IEventBridgeApi>(), session.Get<ItemRetry>()))
        .Add(session => new RuleOwner(session.Get<IEventBridgeApi>(), session.Get<ItemRetry>()))
        .Add(session => new EventBusReader(session.Get<IEventBridgeApi>(), session.Get<ItemRetry>()))
        .Add(session => new TargetScanner(session.Get<IEventBridgeApi>(), session.Get<IBatchApi>(), session.Region, session.Get<ItemRetry>()))
        .Add(session => new TargetsBehind(session.Get<TargetScanner>()))
        .Add(session => new ImageScanner(session.Get<IBatchApi>(), session.Get<IEcrApi>(), session.Region, session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new ServiceDeploymentReader(session.Get<IEcsApi>(), session.Region, session.Get<ItemRetry>()))
        .Add(session => new DeadLetterQueueFinder(session.Get<RuleReader>(), session.Get<EventBusReader>(), session.Get<ITargetResourceApi>(), session.Get<IIdentityApi>(), session.Region, session.Get<ItemRetry>()))
        .Add(session => new DiagnosisSources(session.Get<RuleReader>(), session.Get<IBatchApi>(), session.Get<ITargetResourceApi>(), session.Get<IRoleApi>(), session.Get<ITrailApi>(), session.Get<IIdentityApi>(), session.Region, session.Get<ItemRetry>()))
        .Add(session => new DeadLetterReader(session.Get<IDeadLetterQueueApi>(), session.Get<DeadLetterQueueFinder>(), session.Get<DiagnosisSources>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new BatchAccount(session.Get<IBatchApi>(), session.Get<IIdentityApi>(), session.Region, session.Get<ItemRetry>()))
        .Add<Func<RuleQuery, EventRouter>>(session => query => new EventRouter(session.Get<IEventBridgeApi>(), session.Get<IBatchApi>(), session.Region, session.Get<ItemRetry>(), query))
        .Add(session => new AccountNames(session.Get<IEventBridgeApi>(), session.Get<IBatchApi>(), session.Get<IEcrApi>(), session.Get<IEcsApi>(), session.Get<RuleReader>(), session.Get<Jobs.MvpJobStores>().OpenStore, session.Get<Automation.AutomationTables>().Journal, session.Region));
}
