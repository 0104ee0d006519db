using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Rules;

/// <summary>The rules of one bus.</summary>
internal sealed record BusRules(string EventBusName, IReadOnlyList<EventRule> Rules);

internal static class BusRulesStream
{
    public static async IAsyncEnumerable<EventRule> SelectRules(this IAsyncEnumerable<BusRules> buses, ProgressCount progress, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (BusRules bus in buses.WithCancellation(cancellationToken))
        {
            progress.Expect(bus.Rules.Count);
            foreach (EventRule rule in bus.Rules)
                yield return rule;
        }
    }
}
