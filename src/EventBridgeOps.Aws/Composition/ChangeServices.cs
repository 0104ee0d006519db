using EventBridgeOps.Applying;
using EventBridgeOps.Aws.Automation;
using EventBridgeOps.Changes;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.ServiceDeployments;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;
using EventBridgeOps.Undo;

namespace EventBridgeOps.Aws.Composition;

/// <summary>Changing: the journal, and everything that writes to it.</summary>
internal static class ChangeServices
{
    public static ServiceRegistry AddChanges(this ServiceRegistry registry) => registry
        .Add(session => session.Options.JournalTable is { } table ? session.Get<AutomationTables>().Journal(table) : session.Host.OpenJournal(session.Options.JournalPath))
        .Add(session => new TargetSync(session.Get<IEventBridgeApi>(), session.Get<IBatchApi>(), session.Get<IIdentityApi>(), session.Region, session.Get<ChangeJournal>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new ImageUpdate(session.Get<IBatchApi>(), session.Get<IEcrApi>(), session.Get<TargetScanner>(), session.Get<IIdentityApi>(), session.Region, session.Get<ChangeJournal>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new ServiceUpdate(session.Get<IEcsApi>(), session.Get<IEcrApi>(), session.Get<IIdentityApi>(), session.Region, session.Get<ChangeJournal>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new PlanRun(session.Get<IEventBridgeApi>(), session.Get<IBatchApi>(), session.Get<IIdentityApi>(), session.Region, session.Get<ChangeJournal>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new DeadLetterRemoval(session.Get<DeadLetterReader>()))
        .Add(session => new DeadLetterRedrive(session.Get<DeadLetterReader>(), session.Get<DiagnosisSources>(), session.Get<IDeliveryApi>(), session.Get<IIdentityApi>(), session.Region, session.Get<ChangeJournal>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new ChangeUndo(session.Get<IEventBridgeApi>(), session.Get<IBatchApi>(), session.Get<IEcsApi>(), session.Get<IIdentityApi>(), session.Region, session.Get<ChangeJournal>(), session.Get<ItemRetry>(), session.Host.Time));
}
