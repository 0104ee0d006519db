using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Patterns;

namespace EventBridgeOps.Archives;

/// <summary>Says whether a rule can match an event that is replayed, which has the name of the replay in its field <c>replay-name</c>.</summary>
internal static class ReplayPattern
{
    private const string Or = "$or";

    /// <summary>The field that EventBridge adds to replayed events: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html.</summary>
    public const string Field = "replay-name";

    /// <summary>Whether the rule matches no event of the replay, whatever its other fields are.</summary>
    /// <param name="rule">A rule with an event pattern.</param>
    /// <param name="replayName">The name of the replay.</param>
    public static bool Excludes(RuleSummary rule, string replayName)
    {
        try
        {
            // The archived events are unknown, so every other condition is open.
            List<UnknownValue> open = [];
            AddOthers(Document.Parse(rule.EventPattern!), "/EventPattern", isRoot: true, open);
            return (rule with { UnknownValues = open }).KnownPattern is { } known && !EventPattern.Parse(known).Matches(Document.Write(new JsonObject { [Field] = replayName }));
        }
        catch (Exception e) when (e is PatternException or JsonException)
        {
            return false; // A pattern that is not understood may match.
        }
    }

    private static void AddOthers(JsonObject fields, string path, bool isRoot, List<UnknownValue> open)
    {
        foreach (KeyValuePair<string, JsonNode?> field in fields)
        {
            string place = JsonPointers.Add(path, field.Key);
            if (field.Key == Or && field.Value is JsonArray alternatives)
            {
                for (int i = 0; i < alternatives.Count; i++)
                    AddOthers(alternatives[i] as JsonObject ?? [], JsonPointers.Add(place, i), isRoot, open);
            }
            else if (field.Value is JsonObject inner)
            {
                AddOthers(inner, place, isRoot: false, open);
            }
            else if (!isRoot || field.Key != Field)
            {
                open.Add(new UnknownValue(place + "/0", field.Key));
            }
        }
    }
}
