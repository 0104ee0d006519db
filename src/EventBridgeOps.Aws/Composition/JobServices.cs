using EventBridgeOps.Aws.Jobs;
using EventBridgeOps.Changes;
using EventBridgeOps.Jobs;
using EventBridgeOps.Publishing;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Aws.Composition;

/// <summary>MVP jobs.</summary>
internal static class JobServices
{
    public static ServiceRegistry AddJobs(this ServiceRegistry registry) => registry
        .Add(session => new MvpJobStores(
            session.Host.FullPath, session.Get<DynamoTable>,
            store => new MvpJobs(store, session.Get<EventPublisher>(), session.Get<IdSource>(), session.Get<IBatchJobApi>(), session.Get<IIdentityApi>(), session.Region, session.Get<ItemRetry>(), session.Host.Time)))
        .Add(session => new MvpJobTables(session.Get<IMvpTableApi>(), session.Get<ItemRetry>(), session.Host.Time));
}
