using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>Brings events to the targets of the rules that match them, as EventBridge does: with retries, and with dead letters at the end.</summary>
internal sealed class Courier : IEventSink, IDueHandler
{
    private readonly RuleBook rules = new();
    private readonly Dictionary<string, ITarget> targets;
    private readonly IDeliveryFaults faults;

    public Courier(World world, IDeliveryFaults faults, params ITarget[] targets)
    {
        this.faults = faults;
        this.targets = targets.Append(new BusTarget(world, this)).ToDictionary(target => target.Service, StringComparer.Ordinal);
    }

    public DeliveryLog Log { get; } = new();

    /// <summary>Who sees what happens.</summary>
    public IReadOnlyList<IDeliveryWatch> Watches { get; init; } = [];

    public string Kind => "delivery";

    public string Accept(Operation operation, RawDocument entry)
    {
        BusEvent made = Make(operation, BusName.Of(entry.Text("EventBusName")), entry, Json.Parse(entry.Text("Detail")!));
        BusName.TryRead(entry.Text("EventBusName"), out Arn? bus, out _);
        // An event bus of another account or Region is not here: accepted, and lost, as on AWS.
        if (bus is null || operation.IsHere(bus.Partition, bus.Region, bus.AccountId))
            Publish(Operation.OfService(operation.Call.Region, operation.State, operation.Account), made);
        return made.Id;
    }

    public void Report(Operation operation, string source, string detailType, IEnumerable<string> resources, RawDocument detail) => Publish(
        operation,
        Make(operation, BusName.Default, RawDocument.Empty.With("Source", source).With("DetailType", detailType).With("Resources", resources), detail.ToElement()));

    /// <summary>Matches an event against the rules of its event bus and makes the first attempt at each target.</summary>
    public void Publish(Operation operation, BusEvent sent)
    {
        IReadOnlyList<RawDocument> matching = rules.Matching(operation, sent);
        Each(watch => watch.Compared(operation, sent, matching));
        foreach (RawDocument rule in matching)
        {
            List<PendingDelivery> deliveries = [.. rules.TargetsOf(operation, rule).Select(target => new PendingDelivery(
                operation.Account.Random.Id(), sent, rule.Text("Arn")!, rule.Text("Name")!, target, 0, operation.Now, IsDelayed: false))];
            Each(watch => watch.Matched(operation, sent, rule, deliveries));
            deliveries.ForEach(delivery => Try(operation, delivery));
        }
    }

    public void Answered(Operation operation, RawDocument? answer) => Each(watch => watch.Answered(operation, answer));

    /// <summary>The next attempt of a delivery. It goes to the target as it was when the event matched; AWS does not document which it takes.</summary>
    public void Run(Operation operation, RawDocument work) => Try(operation, PendingDelivery.From(work));

    /// <summary>The event that EventBridge makes of an entry; its detail stays as it is written, to the letter.</summary>
    private static BusEvent Make(Operation operation, string bus, RawDocument entry, JsonElement detail)
    {
        string id = operation.Account.Random.Id();
        DateTimeOffset time = entry["Time"] is { } written
            ? EventTime.Read(JsonValue.Create(written)!) ?? throw new AwsError(400, "SerializationException", "Time is not a timestamp.")
            : operation.Now;
        RawDocument made = RawDocument.Empty
            .With("version", "0")
            .With("id", id)
            .With("detail-type", entry.Text("DetailType"))
            .With("source", entry.Text("Source"))
            .With("account", operation.Account.Id)
            .With("time", EventTime.Of(time))
            .With("region", operation.Call.Region)
            .With("resources", entry.Texts("Resources"))
            .With("detail", detail);
        return new(id, bus, made.ToString(), EventTime.Of(operation.Now));
    }

    private void Try(Operation operation, PendingDelivery delivery)
    {
        TargetInput input = delivery.Target.Arn.Service == BusTarget.ServiceName
            ? new(InputKind.Event, delivery.Event.Json) // An event bus receives the event itself; input settings do not apply to it.
            : TargetInput.Of(delivery.Target.Node, new(delivery.Event.Root, delivery.RuleName, delivery.RuleArn, delivery.Event.IngestedAt));
        Attempt attempt = new(operation, delivery.Event, delivery.RuleArn, delivery.Target, input.Text ?? "");
        try
        {
            DeliveryFault fault = faults.For(attempt);
            if (fault.Delay > TimeSpan.Zero && !delivery.IsDelayed)
            {
                DueWork.Plan(operation, operation.Now + fault.Delay, Kind, (delivery with { IsDelayed = true }).ToDocument());
                return;
            }

            if (fault.Refusal is { } injected)
                throw injected;
            (DeliveryOutcome outcome, Message? remark) = Deliver(attempt, input);
            if (fault.Twice)
                Deliver(attempt, input);
            Write(operation, delivery, attempt, outcome, null, remark?.ToString(), null);
        }
        catch (DeliveryRefusal refusal)
        {
            Refused(operation, delivery, attempt, refusal);
        }
        catch (AwsError e)
        {
            // The service's own refusal of what it was sent: the same again would be refused again.
            Refused(operation, delivery, attempt, new("ERROR_FROM_TARGET", e.Message));
        }
    }

    private (DeliveryOutcome Outcome, Message? Remark) Deliver(Attempt attempt, TargetInput input)
    {
        if (input.Fault is { } fault)
            throw new DeliveryRefusal("INVALID_INPUT", fault.ToString()); // AWS documents no code for an input that cannot be made.
        if (input.Text is null)
            return (DeliveryOutcome.NotSimulated, input.Remark); // What AWS sends where a path finds nothing is unknown.
        if (!targets.TryGetValue(attempt.Target.Arn.Service, out ITarget? target))
            return (DeliveryOutcome.NotSimulated, DeliveryMessages.NotSimulated(attempt.Target.Arn.Service));
        if (target.Deliver(attempt) is { } notSimulated)
            return (DeliveryOutcome.NotSimulated, notSimulated);
        return (DeliveryOutcome.Delivered, target.NeedsRole ? DeliveryMessages.RoleUnknown() : null);
    }

    private void Refused(Operation operation, PendingDelivery delivery, Attempt attempt, DeliveryRefusal refusal)
    {
        if (!refusal.IsRetried)
        {
            GiveUp(operation, delivery, attempt, refusal, exhausted: null);
        }
        else if (delivery.Attempts >= delivery.Target.MostRetries)
        {
            GiveUp(operation, delivery, attempt, refusal, "MaximumRetryAttempts");
        }
        else
        {
            DateTimeOffset next = operation.Now + Backoff.After(delivery.Attempts, operation.Account.Random);
            if (next - delivery.StartedAt > delivery.Target.LongestAge)
            {
                GiveUp(operation, delivery, attempt, refusal, "MaximumEventAgeInSeconds");
                return;
            }

            DueWork.Plan(operation, next, Kind, (delivery with { Attempts = delivery.Attempts + 1, IsDelayed = false }).ToDocument());
            Write(operation, delivery, attempt, DeliveryOutcome.Retrying, refusal, refusal.Message, next);
        }
    }

    private void GiveUp(Operation operation, PendingDelivery delivery, Attempt attempt, DeliveryRefusal refusal, string? exhausted)
    {
        string? lost = DeadLetters.Send(attempt, refusal, exhausted, delivery.Attempts);
        Write(
            operation,
            delivery,
            attempt,
            lost is null ? DeliveryOutcome.DeadLettered : DeliveryOutcome.Lost,
            refusal,
            lost is null ? refusal.Message : $"{refusal.Message} {lost}",
            null);
    }

    private void Write(
        Operation operation, PendingDelivery delivery, Attempt attempt, DeliveryOutcome outcome, DeliveryRefusal? refusal, string? reason, DateTimeOffset? next)
    {
        Each(watch => watch.Attempted(operation, delivery, attempt, outcome, refusal));
        Log.Write(delivery.Id, new(
            0,
            delivery.Event.Id,
            delivery.Event.Bus,
            delivery.RuleName,
            delivery.Target.Id,
            delivery.Target.Arn.ToString(),
            operation.Call.Region,
            delivery.Attempts + 1,
            outcome,
            refusal?.Code,
            reason,
            delivery.StartedAt,
            operation.Now,
            next,
            attempt.Input));
    }

    private void Each(Action<IDeliveryWatch> see)
    {
        foreach (IDeliveryWatch watch in Watches)
            see(watch);
    }
}
