using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Projects.Granting;

/// <summary>Divides a policy into several that fit into managed policies each.</summary>
internal static class PolicySplit
{
    /// <summary>Divides a policy. Equal policies are divided in the same way.</summary>
    /// <param name="policy">The policy.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: one action with its resources is too long.</exception>
    public static IReadOnlyList<JsonObject> Of(JsonObject policy)
    {
        List<JsonArray> parts = [[]];
        foreach (JsonObject statement in policy["Statement"]!.AsArray().OfType<JsonObject>().SelectMany(Fitting))
        {
            JsonArray last = parts[parts.Count - 1];
            last.Add(statement);
            if (Fits(last))
                continue;
            last.RemoveAt(last.Count - 1);
            parts.Add([statement]);
        }

        return [.. parts.Select(Whole)];
    }

    /// <summary>A statement, or several with a part of its actions each.</summary>
    private static IEnumerable<JsonObject> Fitting(JsonObject statement)
    {
        if (Fits([statement.DeepClone()]))
            return [(JsonObject)statement.DeepClone()];
        if (statement["Action"] is not JsonArray { Count: > 1 } actions)
            throw new OpsException(ErrorIds.InvalidProject, GrantMessages.ActionTooLong(statement.String("Sid") ?? "", ProjectLimits.ManagedPolicyLength));
        int half = actions.Count / 2;
        return new[] { (Actions: actions.Take(half), Suffix: "A"), (Actions: actions.Skip(half), Suffix: "B") }.SelectMany(part => Fitting(With(statement, part.Actions, part.Suffix)));
    }

    private static JsonObject With(JsonObject statement, IEnumerable<JsonNode?> actions, string suffix)
    {
        JsonObject part = (JsonObject)statement.DeepClone();
        part["Action"] = new JsonArray([.. actions.Select(action => action!.DeepClone())]);
        part["Sid"] = part.String("Sid") + suffix; // An ID is unique in a policy.
        return part;
    }

    // Whitespace does not count, and there is none.
    private static bool Fits(JsonArray statements) => Document.Write(Whole((JsonArray)statements.DeepClone())).Length <= ProjectLimits.ManagedPolicyLength;

    private static JsonObject Whole(JsonArray statements) => new() { ["Version"] = "2012-10-17", ["Statement"] = statements };
}
