using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Events.Rules;

/// <summary>A rule that is being read, as the service's documents.</summary>
internal sealed class GivenRule(string eventBusName, JsonObject document)
{
    private readonly List<JsonObject> _targets = [];

    public string EventBusName => eventBusName;

    public string Name => document.String("Name") ?? "";

    /// <summary>Whether its targets were given, even if the list is empty.</summary>
    public bool HasTargets { get; private set; }

    /// <summary>Adds a list of targets in the service's format.</summary>
    public void Add(JsonArray targets, string source, IRunObserver observer)
    {
        HasTargets = true;
        foreach (JsonNode? target in targets)
        {
            if (target is JsonObject one)
                _targets.Add(one);
            else
                observer.Warning(RuleFileMessages.TargetNotAnObject(source, Name));
        }
    }

    public RuleSummary Summarize()
    {
        RuleSummary rule = new EventRule(UnknownText.Show(eventBusName), UnknownText.Shown(document)!.AsObject()).Summarize([]);
        return rule with { Targets = HasTargets ? [.. _targets.Select(Summarize)] : RuleTarget.Unknown, UnknownValues = [.. UnknownText.In(document)] };
    }

    private static RuleTarget Summarize(JsonObject target) => RuleTarget.From(UnknownText.Shown(target)!.AsObject()) with { UnknownValues = [.. UnknownText.In(target)] };
}
