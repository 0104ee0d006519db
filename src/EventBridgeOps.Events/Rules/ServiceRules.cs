using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Events.Rules;

/// <summary>Reads rules as EventBridge itself, the AWS CLI, AWS Tools for PowerShell and this product write them.</summary>
internal static class ServiceRules
{
    private const string Rules = nameof(Rules);
    private const string Targets = nameof(Targets);

    /// <summary>The targets, when it is what ListTargetsByRule answers.</summary>
    public static JsonArray? TargetsOf(JsonObject document) =>
        document[Targets] is JsonArray targets && Name(document) is null && document[Rules] is null ? targets : null;

    /// <summary>The rules in a document: one rule, a list of them, or what ListRules answers.</summary>
    public static IReadOnlyList<GivenRule> Read(JsonNode content, string name, IRunObserver observer)
    {
        JsonArray list = content as JsonArray ?? (content as JsonObject)?[Rules] as JsonArray ?? [content.DeepClone()];
        List<GivenRule> rules = [];
        foreach (JsonNode? item in list)
        {
            if (item is JsonObject document && Name(document) is { Length: > 0 })
                rules.Add(ReadRule(document, name, observer));
            else
                throw new OpsException(ErrorIds.InvalidRule, RuleFileMessages.NoRules(name));
        }

        return rules;
    }

    private static GivenRule ReadRule(JsonObject document, string source, IRunObserver observer)
    {
        JsonObject rule = document.DeepClone().AsObject();
        rule["Name"] = Name(document);
        rule.Remove(Targets);
        if (rule["EventPattern"] is JsonObject pattern)
            rule["EventPattern"] = Document.Write(pattern);
        if (string.IsNullOrEmpty(document.String("Arn")) && BusName.RuleArn(document.String("EventBusName"), Name(document)!) is { } arn)
            rule["Arn"] = arn;
        GivenRule given = new(BusName.Of(document.String("EventBusName")), rule);
        if (document[Targets] is JsonArray targets)
            given.Add([.. targets.Select(ReadTarget)], source, observer);
        return given;
    }

    // The output of this product contains the target as returned by the service; other sources may be close to it.
    private static JsonNode? ReadTarget(JsonNode? node)
    {
        if (node is not JsonObject target)
            return node?.DeepClone();
        if (target.String("Document") is { } written)
        {
            try
            {
                return Document.Parse(written);
            }
            catch (System.Text.Json.JsonException)
            {
                // Then what else the object says has to do.
            }
        }

        JsonObject copy = target.DeepClone().AsObject();
        foreach (string field in copy.Where(field => field.Value is null).Select(field => field.Key).ToList())
            copy.Remove(field); // AWS Tools' objects have all properties, most of them null.
        if (copy["Id"] is null && copy["TargetId"] is { } id)
            copy["Id"] = id.DeepClone();
        return copy;
    }

    private static string? Name(JsonObject document) => document.String("Name") ?? document.String("RuleName");
}
