using EventBridgeOps.Aws.Automation;
using EventBridgeOps.Aws.Jobs;

namespace EventBridgeOps.Aws.Composition;

/// <summary>What runs by itself.</summary>
internal static class AutomationServices
{
    public static ServiceRegistry AddAutomation(this ServiceRegistry registry) => registry
        .Add(session => new AutomationTables(session.Get<DynamoTable>, session.Host.Time, session.Host.Random));
}
