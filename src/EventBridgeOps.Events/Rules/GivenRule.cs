using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Events.Templates;

namespace EventBridgeOps.Events.Rules;

/// <summary>A rule that is being read, as the service's documents.</summary>
internal sealed class GivenRule(string eventBusName, JsonObject document)
{
    private readonly List<(JsonObject Document, IReadOnlyList<string> Condition, string? ArnExpression)> _targets = [];

    public string EventBusName => eventBusName;

    public string Name => document.String("Name") ?? "";

    /// <summary>Whether its targets were given, even if the list is empty.</summary>
    public bool HasTargets { get; private set; }

    /// <summary>What decides whether the rule is there, if that is not known.</summary>
    public IReadOnlyList<string> Condition { get; init; } = [];

    /// <summary>What stands for the name that the rule is given when it is made; null if the file gives its name.</summary>
    public string? MadeName { get; init; }

    /// <summary>Whether something that is not known matters for what the rule does.</summary>
    public Func<UnknownValue, bool> Matters { get; init; } = _ => true;

    /// <summary>Adds a list of targets in the service's format.</summary>
    public void Add(JsonArray targets, string source, IRunObserver observer)
    {
        HasTargets = true;
        foreach (JsonNode? target in targets)
            Add(target, [], source, observer);
    }

    /// <summary>Adds a target in the service's format.</summary>
    /// <param name="target">The target.</param>
    /// <param name="condition">What decides whether it is there, if that is not known.</param>
    /// <param name="source">Where it was read, for people.</param>
    /// <param name="observer">Receives what is not a target.</param>
    /// <param name="arnExpression">What the file would have to say for its ARN; null if it does not name it by something else.</param>
    public void Add(JsonNode? target, IReadOnlyList<string> condition, string source, IRunObserver observer, string? arnExpression = null)
    {
        HasTargets = true;
        if (target is JsonObject one)
            _targets.Add((one, condition, arnExpression));
        else
            observer.Warning(RuleFileMessages.TargetNotAnObject(source, UnknownText.Show(Name)));
    }

    /// <summary>The rule, for people: unknown values are written as the symbols that stand for them.</summary>
    /// <param name="place">Where it is deployed; null if that is not known.</param>
    public RuleSummary Summarize(TemplatePlace? place = null)
    {
        JsonObject filled = Filled(document, place);
        RuleSummary rule = new EventRule(UnknownText.Show(eventBusName), UnknownText.Shown(filled)!.AsObject()).Summarize([]);
        return rule with
        {
            Targets = HasTargets ? [.. _targets.Select(target => Summarize(Filled(target.Document, place), target.Condition) with { ArnExpression = target.ArnExpression })] : RuleTarget.Unknown,
            UnknownValues =
            [
                .. Unknown(filled, Condition).Where(value => value.Path != "/Arn" || TemplatePlace.Has(value.Symbol)), // Its ARN is made of its name and bus.
                .. MadeName is null ? [] : new[] { new UnknownValue(UnknownValue.Name, MadeName) },
            ],
            Given = this,
        };
    }

    private RuleTarget Summarize(JsonObject target, IReadOnlyList<string> condition) =>
        RuleTarget.From(UnknownText.Shown(target)!.AsObject()) with { UnknownValues = Unknown(target, condition) };

    private IReadOnlyList<UnknownValue> Unknown(JsonObject part, IReadOnlyList<string> condition) =>
        [.. condition.Select(symbol => new UnknownValue(UnknownValue.Condition, symbol)), .. UnknownText.In(part).Where(Matters)];

    private static JsonObject Filled(JsonObject part, TemplatePlace? place) => place is null ? part : UnknownText.Filled(part, place.Value)!.AsObject();
}
