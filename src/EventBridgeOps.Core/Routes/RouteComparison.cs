using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Routes;

/// <summary>Compares where events go by two sets of rules.</summary>
/// <remarks>
/// A delivery is known by its rule and target ID, else by the ARN of its target, so that a rule that was only renamed makes no difference. A rule that is disabled delivers nothing.
/// </remarks>
/// <param name="before">The rules as they are.</param>
/// <param name="after">The new rules.</param>
public sealed class RouteComparison(EventRouter before, EventRouter after)
{
    /// <summary>The differences of each event, in the order of the events.</summary>
    /// <param name="events">The events.</param>
    /// <param name="observer">Receives failures, as <see cref="EventRouter.RouteAsync"/> reports them.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <exception cref="OpsException">Nothing that follows could succeed: a bad name.</exception>
    public async IAsyncEnumerable<RouteDifference> CompareAsync(IAsyncEnumerable<EventDocument> events, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<Delivery> now = [];
        await foreach ((EventDocument document, IReadOnlyList<Delivery> then) in before.RouteEachAsync(PassedAsync(), observer, cancellationToken))
        {
            foreach (RouteDifference difference in Compare(document, [.. then.Where(Arrives)], [.. now.Where(Arrives)], observer))
                yield return difference;
        }

        // Each event passes the new rules first, and is then asked for by the others.
        async IAsyncEnumerable<EventDocument> PassedAsync()
        {
            await foreach ((EventDocument document, IReadOnlyList<Delivery> deliveries) in after.RouteEachAsync(events, observer, cancellationToken))
            {
                now = deliveries;
                yield return document;
            }
        }
    }

    private static bool Arrives(Delivery delivery) => delivery.State is not (DeliveryState.Disabled or DeliveryState.NoTarget);

    private static IEnumerable<RouteDifference> Compare(EventDocument document, List<Delivery> then, List<Delivery> now, IRunObserver observer)
    {
        List<(Delivery? Before, Delivery? After)> pairs = [];
        Pair((one, other) => one.RuleName == other.RuleName && one.TargetId == other.TargetId);
        Pair((one, other) => one.TargetArn == other.TargetArn);
        pairs.AddRange(now.Select(delivery => ((Delivery?)null, (Delivery?)delivery)));
        pairs.AddRange(then.Select(delivery => ((Delivery?)delivery, (Delivery?)null)));
        foreach ((Delivery? one, Delivery? other) in pairs)
        {
            Message? said = (one, other) switch
            {
                (null, _) => RouteMessages.Added(),
                (_, null) => RouteMessages.Removed(),
                _ => Difference(one, other),
            };
            if (said is not null)
            {
                yield return new RouteDifference
                {
                    Event = document.Origin,
                    EventId = document.Id,
                    EventBusName = (other ?? one)!.EventBusName,
                    RuleName = (other ?? one)!.RuleName,
                    TargetId = (other ?? one)!.TargetId,
                    TargetArn = (other ?? one)!.TargetArn,
                    State = one is null ? RouteDifferenceState.Added : other is null ? RouteDifferenceState.Removed : RouteDifferenceState.Changed,
                    Difference = observer.Text(said),
                    Before = one,
                    After = other,
                };
            }
        }

        void Pair(Func<Delivery, Delivery, bool> isSame)
        {
            foreach (Delivery delivery in now.ToList())
            {
                if (then.FirstOrDefault(earlier => isSame(earlier, delivery)) is { } same)
                {
                    pairs.Add((same, delivery));
                    then.Remove(same);
                    now.Remove(delivery);
                }
            }
        }
    }

    // A template leaves ARNs open, which are not other resources for that.
    private static Message? Difference(Delivery before, Delivery after) =>
        before.TargetArn != after.TargetArn && !IsOpen(before.TargetArn) && !IsOpen(after.TargetArn) ? RouteMessages.OtherTarget(before.TargetArn ?? "", after.TargetArn ?? "")
        : before.State != after.State ? RouteMessages.OtherState(before.State, after.State, after.Reason ?? before.Reason)
        : before.Input != after.Input ? RouteMessages.OtherInput(before.Input ?? "", after.Input ?? "")
        : before.JobDefinition != after.JobDefinition && !IsOpen(before.JobDefinition) && !IsOpen(after.JobDefinition) ? RouteMessages.OtherJobDefinition(before.JobDefinition ?? "", after.JobDefinition ?? "")
        : null;

    private static bool IsOpen(string? text) => text is null || text.Contains("${");
}
