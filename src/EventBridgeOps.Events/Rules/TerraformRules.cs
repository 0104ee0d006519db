using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Events.Terraform;

namespace EventBridgeOps.Events.Rules;

/// <summary>Reads <c>aws_cloudwatch_event_rule</c> and <c>aws_cloudwatch_event_target</c> from what <c>terraform show -json</c> prints of a plan or a state.</summary>
/// <remarks>What is known only after the plan is applied is tied through the configuration as far as it says; the rest is an unknown value.</remarks>
internal sealed class TerraformRules
{
    private const string RuleType = "aws_cloudwatch_event_rule";
    private const string TargetType = "aws_cloudwatch_event_target";

    private readonly string _source;
    private readonly IRunObserver _observer;
    private readonly TerraformPlan _plan;
    private readonly TerraformValues _values;
    private readonly TerraformArns _arns;
    private readonly List<PlannedRule> _rules = [];

    private TerraformRules(TerraformPlan plan, string source, IRunObserver observer)
    {
        (_plan, _source, _observer) = (plan, source, observer);
        _values = new TerraformValues(new TerraformOrigins(plan));
        _arns = new TerraformArns(plan, _values);
    }

    public static bool IsPlan(JsonObject document) => TerraformPlan.Is(document);

    public static IReadOnlyList<GivenRule> Read(JsonObject document, string name, IRunObserver observer) => new TerraformRules(TerraformPlan.Read(document), name, observer).Read();

    private IReadOnlyList<GivenRule> Read()
    {
        foreach (TerraformResource resource in _plan.Resources.Where(resource => resource.Type == RuleType))
            _rules.Add(ReadRule(resource));
        TerraformTargets targets = new(_values, _arns);
        foreach (TerraformResource resource in _plan.Resources.Where(resource => resource.Type == TargetType))
        {
            (List<PlannedRule> owners, bool isCertain) = Owners(resource);
            if (owners.Count == 0)
                _observer.Warning(RuleFileMessages.RuleNotInPlan(_source, resource.Address));
            bool isNamed = !isCertain && owners.Count > 0 && resource.Body.Values.String("rule") is not null;
            if (isNamed)
                _observer.Warning(RuleFileMessages.RulesOfOneName(_source, resource.Address, owners.Select(rule => rule.Resource.Address)));
            foreach (PlannedRule rule in owners)
            {
                JsonObject target = targets.Read(resource);
                if (!isCertain)
                    target["Rule"] = _values.Unknown(resource, resource.Body, "rule");
                rule.Given.Add(target, [], _source, _observer, _arns.Expression(resource, resource.Body, "arn"));
                rule.Unknown.AddRange(Decisive(target).Where(value => !isNamed || value.Path != "/Rule").Select(value => (resource.Address, value)));
            }
        }

        foreach (PlannedRule rule in _rules.Where(rule => rule.Unknown.Count > 0))
            _observer.Warning(RuleFileMessages.DependsOnPlan(_source, rule.Resource.Address, rule.Unknown.Select(unknown => $"{unknown.Address}{unknown.Value.Path.Replace('/', '.')} ({unknown.Value})").Distinct()));
        return _rules.Count > 0 ? [.. _rules.Select(rule => rule.Given)] : throw new OpsException(ErrorIds.InvalidRule, NoRules());
    }

    private PlannedRule ReadRule(TerraformResource resource)
    {
        TerraformBlock body = resource.Body;
        string bus = Bus(resource);
        string name = body.Values.String("name") is { Length: > 0 } given ? given : $"{body.Values.String("name_prefix")}{UnknownText.Of($"{resource.Address}.name")}";
        JsonObject rule = new()
        {
            ["Name"] = name,
            ["Arn"] = body.Values.String("arn") ?? BusName.RuleArn(body.Values.String("event_bus_name"), name) ?? _arns.Of(resource, "events", BusName.RuleResource(bus, name)),
            ["EventBusName"] = bus,
            ["State"] = State(resource),
        };
        foreach ((string field, string member) in new[] { ("event_pattern", "EventPattern"), ("schedule_expression", "ScheduleExpression"), ("description", "Description"), ("role_arn", "RoleArn") })
        {
            if (_values.Text(resource, body, field) is { } value)
                rule[member] = value;
        }

        GivenRule made = new(bus, rule);
        made.Add([], _source, _observer);
        return new PlannedRule(resource, made, [.. UnknownText.In(rule).Where(value => value.IsOfPattern || value.Path is "/State" or "/EventBusName").Select(value => (resource.Address, value))]);
    }

    private string State(TerraformResource resource)
    {
        if (_values.Text(resource, resource.Body, "state") is { } state)
            return state;
        if (resource.Body.IsUnknown("is_enabled")) // the attribute of older provider versions
            return _values.Unknown(resource, resource.Body, "is_enabled");
        return resource.Body.Value("is_enabled") is JsonValue enabled && enabled.TryGetValue(out bool on) && !on ? RuleStates.Disabled : RuleStates.Enabled;
    }

    private string Bus(TerraformResource resource)
    {
        if (resource.Body.Values.String("event_bus_name") is { Length: > 0 } name)
            return BusName.Of(name);
        if (!resource.Body.IsUnknown("event_bus_name"))
            return BusName.Default;
        return _values.Tied(resource, "event_bus_name", TerraformArns.BusType) is { } bus ? TerraformArns.BusName(bus) : _values.Unknown(resource, resource.Body, "event_bus_name");
    }

    /// <summary>The rule of a target: by its name and event bus, else by the configuration; several if it is not known which of them it is.</summary>
    private (List<PlannedRule> Rules, bool IsCertain) Owners(TerraformResource target)
    {
        List<PlannedRule> possible = [];
        if (target.Body.Values.String("rule") is { } name)
        {
            string bus = Bus(target);
            List<PlannedRule> named = _rules.FindAll(rule => rule.Given.Name == name);
            possible = named.FindAll(rule => rule.Given.EventBusName == bus);
            // Else a known name, on event buses of which at least one is not known.
            possible = possible.Count > 0 ? Nearest(possible, target) : named.FindAll(rule => UnknownText.IsIn(bus) || UnknownText.IsIn(rule.Given.EventBusName));
            if (possible.Count == 1)
                return (possible, true);
        }

        return _values.Tied(target, "rule", RuleType) is { } tied && _rules.Find(rule => rule.Resource == tied) is { } owner ? ([owner], true)
            : (possible.Count > 0 ? possible : Candidates(target), false);
    }

    /// <summary>The rules that a target may belong to. Its rule has a name that is not known, if that is why it is not known which it is.</summary>
    private List<PlannedRule> Candidates(TerraformResource target)
    {
        if (!target.Body.IsUnknown("rule"))
            return [];
        IReadOnlyList<TerraformResource> tied = _values.Candidates(target, "rule", RuleType);
        List<PlannedRule> unnamed = _rules.FindAll(rule => UnknownText.IsIn(rule.Given.Name));
        List<PlannedRule> possible = unnamed.FindAll(rule => tied.Contains(rule.Resource));
        return possible.Count > 0 ? possible : unnamed;
    }

    /// <summary>Rules of one name on one event bus are in several Regions or accounts, or a mistake: that of the same Region, of the configuration, or of the same module is the one; several if that does not decide it.</summary>
    private List<PlannedRule> Nearest(List<PlannedRule> rules, TerraformResource target)
    {
        // Version 6 of the provider gives each resource its Region.
        List<PlannedRule> near = Among(rules, rule => rule.Resource.Body.Values.String("region") == target.Body.Values.String("region"));
        TerraformResource? tied = _values.Tied(target, "rule", RuleType);
        near = Among(near, rule => rule.Resource == tied);
        return near.Count == 1 ? near : Among(near, rule => rule.Resource.Provider == target.Provider && rule.Resource.Module == target.Module);
    }

    /// <summary>Those of the rules that fit; all of them if none does.</summary>
    private static List<PlannedRule> Among(List<PlannedRule> rules, Predicate<PlannedRule> fits) => rules.FindAll(fits) is { Count: > 0 } some ? some : rules;

    /// <summary>The unknown values that decide about deliveries: not a role, and not the name of a new queue.</summary>
    private static IEnumerable<UnknownValue> Decisive(JsonObject target)
    {
        bool isOpen = !Arn.TryParse(target.String("Arn"), out Arn? arn) || arn.Service == "events";
        bool isJobOpen = !Arn.TryParse(TargetDocument.JobDefinition(target), out _);
        return UnknownText.In(target).Where(value => value.Path == "/Rule" || value.Path.StartsWith("/Input", StringComparison.Ordinal)
            || (value.Path == "/Arn" && isOpen && !TerraformArns.IsPlace(value.Symbol))
            || (value.Path is "/BatchParameters" or "/BatchParameters/JobDefinition" && isJobOpen));
    }

    private Message NoRules()
    {
        string[] removed = [.. _plan.Removed.Where(address => TerraformPath.Parse(address).Any(step => step.Name == RuleType))];
        return removed.Length > 0 ? RuleFileMessages.PlanRemovesRules(_source, removed) : RuleFileMessages.PlanWithoutRules(_source, _plan.Resources.Count());
    }

    private sealed record PlannedRule(TerraformResource Resource, GivenRule Given, List<(string Address, UnknownValue Value)> Unknown);
}
