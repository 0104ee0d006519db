using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>The copy of a rule on a temporary event bus.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="BusName">The temporary event bus.</param>
/// <param name="MatchGroup">The message group of the queue that says which events the copy matches.</param>
internal sealed record RuleCopy(ProjectRule Rule, string BusName, string MatchGroup)
{
    /// <summary>The message group of a target.</summary>
    /// <param name="target">A target of the rule; null for the copy as a whole.</param>
    public string GroupOf(ProjectTarget? target) => target is null ? MatchGroup : $"{MatchGroup}.{target.Id}";

    /// <summary>The ARN of the copy.</summary>
    public string Arn(TestPlace place) => place.RuleArn(BusName, Rule.Name);
}

/// <summary>A rule to create.</summary>
/// <param name="BusName">The event bus.</param>
/// <param name="Name">The name.</param>
/// <param name="Pattern">The pattern.</param>
/// <param name="Targets">The documents of its targets, at most five.</param>
internal sealed record TemporaryRule(string BusName, string Name, string Pattern, IReadOnlyList<JsonObject> Targets);

/// <summary>Copies the rules of a project to temporary event buses. All targets are one queue, which tells them apart by their message groups.</summary>
/// <remarks>
/// A copy has one more target than its rule, which receives the ID of each event that matches: an input that is the same for all events does not say of which it
/// is. Where a rule has no room for it, it is the target of a second rule with the same pattern.
/// Message groups of standard queues: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_SqsParameters.html.
/// </remarks>
internal static class RuleCopies
{
    private const string MatchId = "match";

    /// <summary>The copies of rules.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="name">The name of the test, with which the names of the event buses start.</param>
    public static IReadOnlyList<RuleCopy> Of(IReadOnlyList<ProjectRule> rules, string name)
    {
        List<RuleCopy> copies = [];
        int bus = 1, room = ProjectLimits.RulesPerBus;
        foreach (ProjectRule rule in rules)
        {
            int needed = HasRoom(rule) ? 1 : 2;
            if (room < needed)
                (bus, room) = (bus + 1, ProjectLimits.RulesPerBus);
            room -= needed;
            copies.Add(new RuleCopy(rule, string.Format(CultureInfo.InvariantCulture, "{0}-{1}", name, bus), copies.Count.ToString(CultureInfo.InvariantCulture)));
        }

        return copies;
    }

    /// <summary>The rules to create for a copy.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="queueArn">The ARN of the queue.</param>
    public static IEnumerable<TemporaryRule> Create(RuleCopy copy, string queueArn)
    {
        string pattern = Document.Write(copy.Rule.Pattern);
        JsonObject match = Target(MatchId, queueArn, copy.MatchGroup, new JsonObject { ["InputPath"] = "$.id" });
        JsonObject[] copied = [.. copy.Rule.Targets.Select((target, index) => Target($"target-{index.ToString(CultureInfo.InvariantCulture)}", queueArn, copy.GroupOf(target), target.Input))];
        yield return new TemporaryRule(copy.BusName, copy.Rule.Name, pattern, HasRoom(copy.Rule) ? [match, .. copied] : copied);
        if (!HasRoom(copy.Rule))
            yield return new TemporaryRule(copy.BusName, $"ebops-{MatchId}-{copy.MatchGroup}", pattern, [match]);
    }

    /// <summary>A target that is the queue.</summary>
    public static JsonObject Target(string id, string queueArn, string group, JsonObject input)
    {
        JsonObject target = new() { ["Id"] = id, ["Arn"] = queueArn, ["SqsParameters"] = new JsonObject { ["MessageGroupId"] = group } };
        foreach (KeyValuePair<string, JsonNode?> field in input)
            target[field.Key] = field.Value?.DeepClone();
        return target;
    }

    private static bool HasRoom(ProjectRule rule) => rule.Targets.Count < ProjectLimits.TargetsPerRule;
}
