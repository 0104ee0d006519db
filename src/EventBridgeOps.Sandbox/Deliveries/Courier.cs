using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Reading;
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

    public string Kind => "delivery";

    public string Accept(Operation operation, RawDocument entry)
    {
        string id = operation.Account.Random.Id();
        BusName.TryRead(entry.Text("EventBusName"), out Arn? elsewhere, out _);
        if (elsewhere is not null && !operation.IsHere(elsewhere.Partition, elsewhere.Region, elsewhere.AccountId))
            return id; // An event bus of another account or Region, which is not here: accepted, and lost, as on AWS.

        string bus = BusName.Of(entry.Text("EventBusName"));
        EventDocument made = new EntryConverter(operation.Account.Time, operation.Account.Random.Next).Convert(
            EventDocument.Parse(entry.ToUtf8(), ""),
            new EntryDefaults { Id = id, AccountId = operation.Account.Id, Region = operation.Call.Region, Time = operation.Now });
        Publish(operation, new(id, bus, made.Text, Iso(operation.Now)));
        return id;
    }

    public void Report(Operation operation, string source, string detailType, IEnumerable<string> resources, RawDocument detail)
    {
        string id = operation.Account.Random.Id();
        RawDocument made = RawDocument.Empty
            .With("version", "0")
            .With("id", id)
            .With("detail-type", detailType)
            .With("source", source)
            .With("account", operation.Account.Id)
            .With("time", operation.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture))
            .With("region", operation.Call.Region)
            .With("resources", resources)
            .With("detail", detail);
        Publish(operation, new(id, BusName.Default, made.ToString(), Iso(operation.Now)));
    }

    /// <summary>Matches an event against the rules of its event bus and makes the first attempt at each target.</summary>
    public void Publish(Operation operation, BusEvent sent)
    {
        foreach (RawDocument rule in rules.Matching(operation, sent))
        {
            if (sent.RuleArns?.Contains(rule.Text("Arn")!) != false)
                Fire(operation, sent, rule);
        }
    }

    /// <summary>Sends an event to the targets of a rule, whether its pattern matches or not: a schedule has none.</summary>
    public void Fire(Operation operation, BusEvent sent, RawDocument rule)
    {
        foreach (RuleTarget target in rules.TargetsOf(operation, rule))
            Try(operation, new(operation.Account.Random.Id(), sent, rule.Text("Arn")!, rule.Text("Name")!, target, 0, operation.Now, IsDelayed: false));
    }

    /// <summary>The next attempt of a delivery. It goes to the target as it was when the event matched; AWS does not document which it takes.</summary>
    public void Run(Operation operation, RawDocument work) => Try(operation, PendingDelivery.From(work));

    private static string Iso(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private void Try(Operation operation, PendingDelivery delivery)
    {
        TargetInput input = TargetInput.Of(delivery.Target.Node, new(delivery.Event.Root, delivery.RuleName, delivery.RuleArn, delivery.Event.IngestedAt));
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
            Message? notSimulated = Deliver(attempt, input);
            if (fault.Twice)
                Deliver(attempt, input);
            Write(operation, delivery, attempt, notSimulated is null ? DeliveryOutcome.Delivered : DeliveryOutcome.NotSimulated, null, notSimulated?.ToString(), null);
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

    private Message? Deliver(Attempt attempt, TargetInput input)
    {
        if (input.Text is null || input.Fault is not null)
        {
            // The transformer makes no valid input of this event. AWS documents no code for it.
            throw new DeliveryRefusal("INVALID_INPUT", (input.Fault ?? input.Remark)?.ToString() ?? "");
        }

        return targets.TryGetValue(attempt.Target.Arn.Service, out ITarget? target)
            ? target.Deliver(attempt)
            : DeliveryMessages.NotSimulated(attempt.Target.Arn.Service);
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
            Write(operation, delivery, attempt, DeliveryOutcome.Retrying, refusal.Code, refusal.Message, next);
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
            refusal.Code,
            lost is null ? refusal.Message : $"{refusal.Message} {lost}",
            null);
    }

    private void Write(
        Operation operation, PendingDelivery delivery, Attempt attempt, DeliveryOutcome outcome, string? code, string? reason, DateTimeOffset? next) =>
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
            code,
            reason,
            delivery.StartedAt,
            operation.Now,
            next,
            attempt.Input));
}
