using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Routes;

/// <summary>Determines which rules an event matches, which targets are invoked, and with what input.</summary>
/// <remarks>It only reads; no event is sent.</remarks>
public sealed class EventRouter
{
    private readonly IRuleSource _rules;
    private readonly IBatchApi? _batch;
    private readonly ItemRetry? _retry;
    private readonly string? _region;

    /// <summary>Creates a router for the rules of an account.</summary>
    /// <param name="events">EventBridge in the account.</param>
    /// <param name="batch">AWS Batch in the account, for the revisions of targets.</param>
    /// <param name="region">The Region.</param>
    /// <param name="retry">What to do when the retries of a call are exhausted.</param>
    /// <param name="query">The event buses and rules where events start. On an event bus that an event is forwarded to, all rules apply.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a name in the query is not valid.</exception>
    public EventRouter(IEventBridgeApi events, IBatchApi batch, string region, ItemRetry retry, RuleQuery query)
    {
        _rules = new AccountRules(events, retry, query);
        (_batch, _region, _retry) = (batch, region, retry);
    }

    /// <summary>Creates a router for the specified rules; it does not call AWS.</summary>
    /// <param name="rules">The rules with their targets.</param>
    /// <param name="eventBusName">The event buses where events start, with or without wildcards; null or empty for those that none of the rules forwards to.</param>
    /// <param name="ruleName">The rules to match events against, with or without wildcards; null or empty for all.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a name is not valid.</exception>
    public EventRouter(IReadOnlyList<RuleSummary> rules, IReadOnlyList<string>? eventBusName, IReadOnlyList<string>? ruleName) =>
        _rules = new GivenRules(rules, eventBusName, ruleName);

    /// <summary>Returns the deliveries of events, in their order; for each event by route, rule and target.</summary>
    /// <param name="events">The events.</param>
    /// <param name="observer">Receives failures: a document that is not an event, a rule whose pattern is not valid, an event bus that cannot be read.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <exception cref="OpsException">Nothing that follows could succeed: no credentials, a bad name.</exception>
    public async IAsyncEnumerable<Delivery> RouteAsync(IAsyncEnumerable<EventDocument> events, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using JobDefinitionCatalog? catalog = _batch is null ? null : new JobDefinitionCatalog(_batch);
        RevisionJudge? judge = catalog is null ? null : new RevisionJudge(catalog, _region!, _retry!);
        Dictionary<string, RuleSet?> known = new(StringComparer.Ordinal);
        List<RuleSet>? start = null;
        await foreach (EventDocument document in events.WithCancellation(cancellationToken))
        {
            start ??= await _rules.StartAsync(observer, cancellationToken).ToListAsync(cancellationToken);
            List<Delivery>? deliveries = await ItemGuard.RunAsync<List<Delivery>>(
                async () => await new Journey(this, document.RequireEvent(), known, judge, observer, cancellationToken).GoAsync(start),
                document.Origin,
                observer,
                cancellationToken);
            foreach (Delivery delivery in deliveries ?? [])
                yield return delivery;
        }
    }

    /// <summary>One event on its way.</summary>
    private sealed class Journey(EventRouter router, EventDocument document, Dictionary<string, RuleSet?> known, RevisionJudge? judge, IRunObserver observer, CancellationToken cancellationToken)
    {
        private readonly List<Delivery> _deliveries = [];
        private JsonElement? _parsed;

        // Most events of a large file match nothing, and are not read any further than the matcher did.
        private JsonElement Event => _parsed ??= Parse();

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
                IReadOnlyList<RuleTarget> targets = await ItemGuard.RunAsync(
                    async () => (IReadOnlyList<RuleTarget>?)await router._rules.TargetsAsync(rule, cancellationToken), $"{rules.EventBusName}/{rule.RuleName}", observer, cancellationToken) is { } read ? read : [];
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
                    _deliveries.Add(rule.State != "DISABLED" && WhyUnknown(rule, null) is { } unknown
                        ? delivery with { State = DeliveryState.Unknown, Reason = Join(observer.Text(unknown), observer.Text(why)) }
                        : delivery with { State = rule.State == "DISABLED" ? DeliveryState.Disabled : DeliveryState.NoTarget, Reason = observer.Text(why) });
                }

                foreach (RuleTarget target in targets)
                    await DeliverAsync(delivery, rule, target, route);
            }
        }

        private async Task DeliverAsync(Delivery delivery, RuleSummary rule, RuleTarget target, IReadOnlyList<string> route)
        {
            JsonObject targetDocument = Document.Parse(target.Document);
            TargetInput input = TargetInput.Of(targetDocument, new InputFacts(Event, rule.RuleName, RuleArn(rule, delivery.EventBusName), Field("time")));
            bool isBus = BusName.TryRead(target.Arn, out Arn? busArn, out string? nextBus);
            if (isBus && input.Kind != InputKind.Event)
                input = new TargetInput(InputKind.Event, JsonFragment.Of(Event).Json, Remark: RouteMessages.BusInput());
            delivery = delivery with
            {
                TargetId = target.TargetId,
                TargetArn = target.Arn,
                InputKind = input.Kind,
                Input = input.Text,
                JobDefinition = target.JobDefinition,
                Document = target.Document,
                State = input.Fault is null ? DeliveryState.Delivered : DeliveryState.Failing,
                Reason = (input.Fault ?? input.Remark)?.In(observer.Voice),
            };
            if (target.JobDefinition is { } jobDefinition && judge is not null)
                delivery = Judged(delivery, await judge.JudgeAsync(jobDefinition, Arn.TryParse(rule.Arn, out Arn? arn) ? arn.AccountId : null, cancellationToken));
            if (WhyUnknown(rule, target) is { } unknown && rule.State != "DISABLED")
                delivery = delivery with { State = DeliveryState.Unknown, Reason = Join(observer.Text(unknown), delivery.State == DeliveryState.Failing ? delivery.Reason : null) };
            else if (delivery.State == DeliveryState.Delivered && target.UnknownValues.Select(value => value.ToString()).Distinct().ToArray() is { Length: > 0 } open)
                delivery = delivery with { Reason = Join(delivery.Reason, observer.Text(RouteMessages.DependsOn(open))) };
            if (isBus && delivery.State == DeliveryState.Delivered)
                delivery = SentOn(delivery, rule, busArn!, nextBus!, route);
            if (rule.State == "DISABLED")
                delivery = delivery with { State = DeliveryState.Disabled, Reason = Join(observer.Text(RouteMessages.RuleDisabled()), delivery.State == DeliveryState.Failing ? delivery.Reason : null) };
            int place = _deliveries.Count;
            _deliveries.Add(delivery);
            if (delivery.State != DeliveryState.Followed)
                return;
            if (await NextAsync(nextBus!) is { } next)
                await PassAsync(next, [.. route, nextBus!]);
            else
                _deliveries[place] = delivery with { Reason = observer.Text(RouteMessages.RulesUnknown(nextBus!)) };
        }

        private static Message? WhyUnknown(RuleSummary rule, RuleTarget? target)
        {
            string[] pattern = [.. rule.UnknownValues.Where(value => value.IsOfPattern).Select(value => value.ToString()).Distinct()];
            string[] state = [.. rule.UnknownValues.Where(value => value.Path == "/State").Select(value => value.ToString()).Distinct()];
            string[] rules = [.. rule.UnknownValues.Where(value => value.Path == UnknownValue.Condition).Select(value => value.ToString()).Distinct()];
            string[] targets = [.. target?.UnknownValues.Where(value => value.Path == UnknownValue.Condition).Select(value => value.ToString()).Distinct() ?? []];
            return rules.Length > 0 ? RouteMessages.RuleUnknown(rules)
                : pattern.Length > 0 ? RouteMessages.MatchUnknown(pattern)
                : state.Length > 0 ? RouteMessages.StateUnknown(state)
                : targets.Length > 0 ? RouteMessages.TargetUnknown(targets)
                : null;
        }

        private Delivery Judged(Delivery delivery, RevisionVerdict verdict) => delivery with
        {
            RevisionState = verdict.State,
            LatestRevision = verdict.Latest,
            State = verdict.State is RevisionState.Inactive or RevisionState.Missing ? DeliveryState.Failing : delivery.State,
            Reason = Join(delivery.Reason, verdict.Reason?.In(observer.Voice)),
        };

        // An event goes to an event bus target once only, whatever the rules there say: seen as the error THIRD_ACCOUNT_HOP_DETECTED in dead-letter queues, and
        // documented at https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html.
        private Delivery SentOn(Delivery delivery, RuleSummary rule, Arn bus, string nextBus, IReadOnlyList<string> route)
        {
            if (route.Count > 1)
                return delivery with { State = DeliveryState.Failing, Reason = observer.Text(route.Contains(nextBus) ? RouteMessages.Loop(nextBus) : RouteMessages.SecondHop()) };
            Arn? own = Arn.TryParse(rule.Arn, out Arn? arn) ? arn : null;
            string region = own?.Region ?? router._region ?? Field("region");
            string account = own?.AccountId ?? Field("account");
            bool isHere = bus.Region.StartsWith("$", StringComparison.Ordinal); // of a template or plan that is not deployed yet
            return !isHere && ((region.Length > 0 && bus.Region != region) || (account.Length > 0 && bus.AccountId != account))
                ? delivery with { State = DeliveryState.Elsewhere, Reason = observer.Text(RouteMessages.Elsewhere(bus.AccountId, bus.Region)) }
                : delivery with { State = DeliveryState.Followed };
        }

        private async Task<RuleSet?> NextAsync(string bus)
        {
            if (!known.TryGetValue(bus, out RuleSet? rules))
                known.Add(bus, rules = await router._rules.FindAsync(bus, observer, cancellationToken));
            return rules;
        }

        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html#amazoneventbridge-resources-for-iam-policies
        private string RuleArn(RuleSummary rule, string bus)
        {
            if (!string.IsNullOrEmpty(rule.Arn) && !rule.Arn!.Contains("${"))
                return rule.Arn;
            string region = Field("region");
            return Arn.In("events", region, Field("account"), BusName.RuleResource(bus, rule.RuleName)).ToString();
        }

        private string Field(string name) =>
            Event.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

        private static string? Join(string? first, string? second) => first is null ? second : second is null ? first : $"{first}; {second}";
    }
}
