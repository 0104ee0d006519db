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
    private readonly RoleCheck roles;

    public Courier(World world, IDeliveryFaults faults, params ITarget[] targets)
    {
        this.faults = faults;
        roles = new(world);
        this.targets = targets.Append(new BusTarget(world, this)).ToDictionary(target => target.Service, StringComparer.Ordinal);
    }

    public DeliveryLog Log { get; } = new();

    /// <summary>Who sees what happens.</summary>
    public IReadOnlyList<IDeliveryWatch> Watches { get; init; } = [];

    public string Kind => "delivery";

    public string Accept(Operation operation, RawDocument entry)
    {
        // The header of the entry overrides that of the request: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-related-service-xray.html
        string? trace = entry.Text("TraceHeader") is { } own ? TraceHeader.Valid(own) : operation.Call.TraceHeader;
        BusEvent made = Make(operation, BusName.Of(entry.Text("EventBusName")), entry, Json.Parse(entry.Text("Detail")!)) with { TraceHeader = trace };
        BusName.TryRead(entry.Text("EventBusName"), out Arn? bus, out _);
        // An event bus of another account or Region is not here: accepted, and lost, as on AWS.
        if (bus is null || operation.IsHere(bus.Partition, bus.Region, bus.AccountId))
            Publish(Operation.OfService(operation.Call.Region, operation.State, operation.Account), made);
        return made.Id;
    }

    public ReportedEvent Report(Operation operation, string source, string detailType, IEnumerable<string> resources, RawDocument detail)
    {
        BusEvent made = Make(operation, BusName.Default, RawDocument.Empty.With("Source", source).With("DetailType", detailType).With("Resources", resources), detail.ToElement());
        return new(made.Id, Publish(operation, made));
    }

    /// <summary>Matches an event against the rules of its event bus and makes the first attempt at each target.</summary>
    /// <returns>The number of rules that match.</returns>
    public int Publish(Operation operation, BusEvent sent)
    {
        IReadOnlyList<RawDocument> matching = rules.Matching(operation, sent);
        Each(watch => watch.Compared(operation, sent, matching));
        foreach (RawDocument rule in matching)
            Start(operation, sent, rule);
        return matching.Count;
    }

    public void Answered(Operation operation, RawDocument? answer) => Each(watch => watch.Answered(operation, answer));

    /// <summary>Sends an event of EventBridge itself to the targets of one rule.</summary>
    /// <remarks>
    /// The shape: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html. AWS documents that a scheduled rule sends to its
    /// targets, and nowhere that other rules of the event bus match that event, so here they do not.
    /// </remarks>
    public void Invoke(Operation operation, RawDocument rule, string detailType) => Start(
        operation,
        Make(
            operation,
            BusName.Default,
            RawDocument.Empty.With("Source", "aws.events").With("DetailType", detailType).With("Resources", new[] { rule.Text("Arn")! }),
            RawDocument.Empty.ToElement()),
        rule);

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

    /// <summary>Sends an archived event to its event bus again.</summary>
    /// <param name="operation">The Region of the event bus.</param>
    /// <param name="bus">The name of the event bus.</param>
    /// <param name="replayed">The event.</param>
    /// <param name="ruleArns">The rules to which it is sent, if they match it; all if there are none.</param>
    public void Replay(Operation operation, string bus, RawDocument replayed, IReadOnlyCollection<string> ruleArns)
    {
        BusEvent sent = new(replayed.Text("id")!, bus, replayed.ToString(), EventTime.Of(operation.Now));
        foreach (RawDocument rule in rules.Matching(operation, sent).Where(rule => ruleArns.Count == 0 || ruleArns.Contains(rule.Text("Arn"))))
            Start(operation, sent, rule);
    }

    private void Start(Operation operation, BusEvent sent, RawDocument rule)
    {
        List<PendingDelivery> deliveries = [.. rules.TargetsOf(operation, rule).Select(target => new PendingDelivery(
            operation.Account.Random.Id(), sent, rule.Text("Arn")!, rule.Text("Name")!, target, 0, operation.Now, IsDelayed: false))];
        Each(watch => watch.Matched(operation, sent, rule, deliveries));
        deliveries.ForEach(delivery => Try(operation, delivery));
    }

    private void Try(Operation operation, PendingDelivery delivery)
    {
        TargetInput input = delivery.Target.Service == BusTarget.ServiceName
            ? new(InputKind.Event, delivery.Event.Json) // An event bus receives the event itself; input settings do not apply to it.
            : TargetInput.Of(delivery.Target.Node, new(delivery.Event.Root, delivery.RuleName, delivery.RuleArn, delivery.Event.IngestedAt));
        Attempt attempt = new(operation.InTrace(delivery.Event.TraceHeader), delivery.Event, delivery.RuleArn, delivery.Target, input.Text ?? "");
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
        if (!targets.TryGetValue(attempt.Target.Service, out ITarget? target))
            return (DeliveryOutcome.NotSimulated, DeliveryMessages.NotSimulated(attempt.Target.Arn.Service));
        Message? remark = target is IRoleTarget other ? roles.Check(attempt, other.Permissions(attempt)) : null;
        if (target.Deliver(attempt) is { } notSimulated)
            return (DeliveryOutcome.NotSimulated, notSimulated);
        return (DeliveryOutcome.Delivered, remark);
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
            lost is null ? refusal.Message : $"{DeliveryMessages.Sentence(refusal.Message)} {lost}",
            null);
    }

    private void Write(
        Operation operation, PendingDelivery delivery, Attempt attempt, DeliveryOutcome outcome, DeliveryRefusal? refusal, string? reason, DateTimeOffset? next)
    {
        Each(watch => watch.Attempted(operation, delivery, attempt, outcome, refusal));
        Log.Write(delivery.Id, new()
        {
            EventId = delivery.Event.Id,
            EventBusName = delivery.Event.Bus,
            RuleName = delivery.RuleName,
            TargetId = delivery.Target.Id,
            TargetArn = delivery.Target.Arn.ToString(),
            Region = operation.Call.Region,
            Attempts = delivery.Attempts + 1,
            Outcome = outcome,
            ErrorCode = refusal?.Code,
            Reason = reason,
            StartedAt = delivery.StartedAt,
            ChangedAt = operation.Now,
            NextAttemptAt = next,
            Input = attempt.Input,
        });
    }

    private void Each(Action<IDeliveryWatch> see)
    {
        foreach (IDeliveryWatch watch in Watches)
            see(watch);
    }
}
