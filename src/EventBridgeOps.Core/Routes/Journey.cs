using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Routes;

/// <summary>One event on its way.</summary>
internal sealed class Journey(RouteRun run, EventDocument document)
{
    private readonly List<Delivery> _deliveries = [];
    private JsonElement? _parsed;
    private (bool? Value, bool IsRead) _isReadOnly;

    // Most events of a large file match nothing, and are not read any further than the matcher did.
    private JsonElement Event => _parsed ??= Parse();

    private bool? IsReadOnly => (_isReadOnly = _isReadOnly.IsRead ? _isReadOnly : (ManagementEvent.IsReadOnly(Event), true)).Value;

    /// <summary>The deliveries of the event, by route, rule and target.</summary>
    public async Task<List<Delivery>> GoAsync(IReadOnlyList<RuleSet> start)
    {
        foreach (RuleSet rules in start)
            await PassAsync(rules, [rules.EventBusName]);
        return _deliveries;
    }

    private JsonElement Parse()
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(document.Utf8, new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
            JsonFragment.Of(parsed.RootElement); // It reads each text in it, so that none is found to be broken later.
            return parsed.RootElement.Clone();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or JsonException)
        {
            throw EventDocument.Invalid(document.Origin, RouteMessages.NotUnicode(), e);
        }
    }

    private async Task PassAsync(RuleSet rules, IReadOnlyList<string> route)
    {
        foreach (RuleSummary rule in rules.Match(document))
        {
            if (OmitsReadOnly(rule) && IsReadOnly == true)
            {
                run.Warn(rule, RouteMessages.ReadOnlyOmitted());
                continue;
            }

            IReadOnlyList<RuleTarget> targets = await ItemGuard.RunAsync(
                async () => (IReadOnlyList<RuleTarget>?)await run.Rules.TargetsAsync(rule, run.CancellationToken), $"{rules.EventBusName}/{rule.RuleName}", run.Observer, run.CancellationToken) is { } read ? read : [];
            // Rules of files may be in several Regions, also on event buses of one name: an event that is forwarded stays in its Region.
            Message? elsewhere = Elsewhere(rule);
            if (elsewhere is not null && route.Count > 1)
                continue;
            Delivery delivery = new()
            {
                Event = document.Origin,
                EventId = document.Id,
                Route = string.Join(" > ", route),
                EventBusName = rules.EventBusName,
                RuleName = rule.RuleName,
                RuleState = rule.State,
            };
            if (targets.Count == 0)
            {
                Message why = ReferenceEquals(rule.Targets, RuleTarget.Unknown) ? RouteMessages.TargetsUnknown() : RouteMessages.NoTargets();
                Message? unknown = rule.State == RuleStates.Disabled ? null : WhyUnknown(rule, rules.IsBusOpen);
                DeliveryState state = rule.State == RuleStates.Disabled ? DeliveryState.Disabled : elsewhere is not null ? DeliveryState.Elsewhere : unknown is null ? DeliveryState.NoTarget : DeliveryState.Unknown;
                Message? first = state == DeliveryState.Elsewhere ? elsewhere : unknown;
                _deliveries.Add(delivery with { State = state, Reason = first is null ? Text(why) : $"{Text(first)}; {Text(why)}" });
            }

            foreach (Message doubt in run.Region is null ? TargetCheck.Together(targets) : [])
                run.Warn(rule, doubt);
            foreach (RuleTarget target in targets)
                await DeliverAsync(delivery, rule, target, rules.IsBusOpen, elsewhere, route);
        }
    }

    private async Task DeliverAsync(Delivery delivery, RuleSummary rule, RuleTarget target, bool isBusOpen, Message? elsewhere, IReadOnlyList<string> route)
    {
        JsonObject targetDocument = Document.Parse(target.Document);
        bool isBus = BusName.TryRead(target.Arn, out Arn? bus, out string? nextBus);
        DeliveryOutcome outcome = new();
        TargetInput? input = Input(targetDocument, rule, target, isBus, outcome);
        delivery = delivery with
        {
            TargetId = target.TargetId,
            TargetArn = target.Arn,
            InputKind = input?.Kind ?? KindOf(targetDocument),
            Input = input?.Text,
            JobDefinition = target.JobDefinition,
            Document = target.Document,
        };
        Arn? ruleArn = Arn.TryParse(rule.Arn, out Arn? parsed) ? parsed : null;
        string? doubts = Check(targetDocument, target, input, ruleArn, outcome);
        if (target.JobDefinition is { } jobDefinition)
            delivery = await JudgeAsync(delivery, jobDefinition, target, ruleArn, outcome);
        if (Symbols(target.UnknownValues, value => value.Path == "/Rule") is { Length: > 0 } owner)
            outcome.Undecided(RouteMessages.OwnerUnknown(owner));
        if (Symbols(target.UnknownValues, value => value.Path == UnknownValue.Condition) is { Length: > 0 } condition)
            outcome.Undecided(RouteMessages.TargetExistenceUnknown(condition));
        if (WhyUnknown(rule, isBusOpen) is { } unknown)
            outcome.Undecided(unknown);
        bool isFollowed = false;
        if (isBus && outcome.IsDelivered && rule.State != RuleStates.Disabled && elsewhere is null)
            isFollowed = SendOn(ruleArn, bus!, nextBus!, route, outcome);

        delivery = rule.State == RuleStates.Disabled
            ? delivery with { State = DeliveryState.Disabled, Reason = outcome.Faults(run.Observer, RouteMessages.RuleDisabled()) }
            : elsewhere is not null ? delivery with { State = DeliveryState.Elsewhere, Reason = outcome.Faults(run.Observer, elsewhere) }
            : delivery with { State = outcome.State, Reason = outcome.Reason(run.Observer) };
        if (doubts is not null && delivery.State != DeliveryState.Failing)
            run.Warn(delivery, doubts);
        int place = _deliveries.Count;
        _deliveries.Add(delivery);
        if (!isFollowed)
            return;
        if (await run.NextAsync(nextBus!) is { } next)
            await PassAsync(next, [.. route, nextBus!]);
        else
            _deliveries[place] = delivery with { Reason = Text(RouteMessages.RulesUnknown(nextBus!)) };
    }

    private TargetInput? Input(JsonObject targetDocument, RuleSummary rule, RuleTarget target, bool isBus, DeliveryOutcome outcome)
    {
        if (isBus)
        {
            if (KindOf(targetDocument) != InputKind.Event)
                outcome.Remark(RouteMessages.BusInput());
            return new TargetInput(InputKind.Event, JsonFragment.Of(Event).Json);
        }

        string[] symbols = Symbols(target.UnknownValues, value => value.Path.StartsWith("/Input", StringComparison.Ordinal));
        string template = KindOf(targetDocument) == InputKind.InputTransformer ? Document.Text((targetDocument["InputTransformer"] as JsonObject)?["InputTemplate"]) ?? "" : "";
        if (symbols.Length == 0 && template.Contains("<aws.events.rule-"))
            symbols = Symbols(rule.UnknownValues, value => value.Path == UnknownValue.Name || (value.IsOfBus && template.Contains("<aws.events.rule-arn>")));
        if (symbols.Length > 0)
        {
            outcome.Open(RouteMessages.InputUnknown(symbols));
            return null;
        }

        TargetInput input = TargetInput.Of(targetDocument, new InputFacts(Event, rule.RuleName, RuleArn(rule, BusName.Of(rule.EventBusName)), Field("time")));
        if (input.Fault is not null)
            outcome.Fail(input.Fault);
        else if (input.Remark is not null)
            outcome.Remark(input.Remark);
        if (template.Contains("<aws.events.event.ingestion-time>"))
            outcome.Remark(RouteMessages.IngestionTime());
        return input;
    }

    /// <summary>What EventBridge would reject. Returns what is to be warned of; null for nothing.</summary>
    private string? Check(JsonObject targetDocument, RuleTarget target, TargetInput? input, Arn? rule, DeliveryOutcome outcome)
    {
        if (NotAnArn(target) is { } fault)
        {
            outcome.Fail(fault);
            return null;
        }

        if (!Arn.TryParse(target.Arn, out Arn? arn) || arn.Service.Contains("${") || (arn.Service == "events" && arn.Resource.StartsWith("${", StringComparison.Ordinal)))
        {
            if (Symbols(target.UnknownValues, value => value.Path == "/Arn") is { Length: > 0 } symbols)
                outcome.Open(RouteMessages.TargetUnknown(symbols));
            return null;
        }

        List<TargetFinding> found = [.. TargetCheck.Run(targetDocument, arn, input, rule)];
        foreach (TargetFinding finding in found)
        {
            if (finding.IsRejected)
                outcome.Fail(finding.Reason);
            else
                outcome.Open(finding.Reason);
        }

        return found.Count > 0 ? string.Join("; ", found.Select(finding => Text(finding.Reason))) : null;
    }

    /// <summary>Why PutTargets rejects the ARN of a target; null if it may be one. Of one that is not known as a whole, the start may show it.</summary>
    private static Message? NotAnArn(RuleTarget target)
    {
        if (string.IsNullOrEmpty(target.Arn))
            return RouteMessages.ArnMissing();
        string known = target.Arn!.Split(["${"], StringSplitOptions.None)[0];
        bool isNone = known.Length == target.Arn.Length ? !Arn.TryParse(known, out _)
            : known.Length > 0 && !known.StartsWith("arn:", StringComparison.Ordinal) && !"arn:".StartsWith(known, StringComparison.Ordinal);
        return target.ArnExpression is { } expression && !Arn.TryParse(target.Arn, out _) ? RouteMessages.NotAnArnBut(target.Arn, expression)
            : isNone ? RouteMessages.NotAnArn(target.Arn)
            : null;
    }

    private async Task<Delivery> JudgeAsync(Delivery delivery, string jobDefinition, RuleTarget target, Arn? rule, DeliveryOutcome outcome)
    {
        string[] symbols = Symbols(target.UnknownValues, value => value.Path == "/BatchParameters/JobDefinition");
        if (symbols.Length > 0)
        {
            if (IsRegisteredToo(jobDefinition, symbols))
                outcome.Remark(RouteMessages.RevisionRegistered());
            else
                outcome.Open(RouteMessages.JobDefinitionUnknown(symbols));
            return delivery;
        }

        RevisionAnswer answer = await run.Revisions.FindAsync(jobDefinition, rule, run.CancellationToken);
        if (answer.Verdict?.State is RevisionState.Inactive or RevisionState.Missing)
            outcome.Fail(answer.Reason!);
        else if (answer.Verdict?.State is null or RevisionState.Unresolved)
            outcome.Open(answer.Reason!);
        return delivery with { RevisionState = answer.Verdict?.State, LatestRevision = answer.Verdict?.Latest };
    }

    /// <summary>Whether it is the ARN of a revision that the same plan or template registers: the revision of a resource in it, whose name may be open as well.</summary>
    private static bool IsRegisteredToo(string jobDefinition, string[] symbols) =>
        Arn.TryParse(jobDefinition, out Arn? arn) && arn.Service == "batch" && arn.Resource.StartsWith("job-definition/", StringComparison.Ordinal)
        && Array.Exists(symbols, symbol => symbol.EndsWith(UnknownValue.RegisteredRevision + "}", StringComparison.Ordinal) && jobDefinition.EndsWith(":" + symbol, StringComparison.Ordinal));

    private static bool OmitsReadOnly(RuleSummary rule) => rule.State is not (RuleStates.Disabled or RuleStates.EnabledWithAll) && !rule.UnknownValues.Any(value => value.Path == "/State");

    private Message? WhyUnknown(RuleSummary rule, bool isBusOpen)
    {
        if (isBusOpen)
            return RouteMessages.BusUnknown(Symbols(rule.UnknownValues, value => value.IsOfBus));
        string[] existence = Symbols(rule.UnknownValues, value => value.Path == UnknownValue.Condition);
        if (existence.Length > 0)
            return RouteMessages.RuleUnknown(existence);
        string[] pattern = Symbols(rule.UnknownValues, value => value.IsOfPattern);
        string[] state = Symbols(rule.UnknownValues, value => value.Path == "/State");
        return pattern.Length > 0 ? RouteMessages.MatchUnknown(pattern)
            : state.Length > 0 ? RouteMessages.StateUnknown(state)
            : OmitsReadOnly(rule) && IsReadOnly is null ? RouteMessages.ReadOnlyUnknown()
            : null;
    }

    /// <summary>Why an event does not reach a rule of a file: it is in another Region. Null if it is not, or that is not known.</summary>
    private Message? Elsewhere(RuleSummary rule)
    {
        string here = Field("region");
        return run.Region is null && here.Length > 0 && Arn.TryParse(rule.Arn, out Arn? arn) && arn.Region.Length > 0 && !arn.Region.Contains("${") && arn.Region != here
            ? RouteMessages.RuleElsewhere(arn.Region, here)
            : null;
    }

    /// <summary>Sends the event to another event bus; true if it is followed there.</summary>
    private bool SendOn(Arn? rule, Arn bus, string nextBus, IReadOnlyList<string> route, DeliveryOutcome outcome)
    {
        bool? isHere = BusPlace.IsHere(bus, rule, run.Region ?? Field("region"), Field("account"));
        // An event goes to an event bus target once only, whatever the rules there say: seen as the error THIRD_ACCOUNT_HOP_DETECTED in dead-letter queues, and
        // documented at https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html. A bus of the same name elsewhere is another one, and makes no loop.
        if (route.Count > 1)
            outcome.Fail(isHere == true && route.Contains(nextBus) ? RouteMessages.Loop(nextBus) : RouteMessages.SecondHop());
        else if (isHere is null)
            outcome.Open(RouteMessages.PlaceUnknown(bus.ToString()));
        else if (isHere == false)
            outcome.End(DeliveryState.Elsewhere, RouteMessages.Elsewhere(bus.AccountId, bus.Region));
        else
            outcome.End(DeliveryState.Followed, null);
        return outcome.State == DeliveryState.Followed;
    }

    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html#amazoneventbridge-resources-for-iam-policies
    private string RuleArn(RuleSummary rule, string bus) => string.IsNullOrEmpty(rule.Arn) || rule.Arn!.Contains("${")
        ? Arn.In("events", Field("region"), Field("account"), BusName.RuleResource(bus, rule.RuleName)).ToString()
        : rule.Arn;

    private static InputKind KindOf(JsonObject target) => target["Input"] is not null ? InputKind.Input
        : target["InputPath"] is not null ? InputKind.InputPath
        : target["InputTransformer"] is not null ? InputKind.InputTransformer
        : InputKind.Event;

    private static string[] Symbols(IEnumerable<UnknownValue> values, Func<UnknownValue, bool> isMeant) => [.. values.Where(isMeant).Select(value => value.ToString()).Distinct()];

    private string Field(string name) =>
        Event.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private string Text(Message message) => run.Observer.Text(message);
}
