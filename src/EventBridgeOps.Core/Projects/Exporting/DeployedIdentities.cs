using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Projects.Exporting;

/// <summary>The roles, policies, users and groups of IAM that a template creates or changes.</summary>
internal static class DeployedIdentities
{
    // The property with the name, and the word in the ARN: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns.
    private static readonly Dictionary<string, (string Property, string Word)> Created = new(StringComparer.Ordinal)
    {
        ["AWS::IAM::Role"] = ("RoleName", "role"),
        ["AWS::IAM::ManagedPolicy"] = ("ManagedPolicyName", "policy"),
    };

    // The identities that a policy is attached to, or written into.
    private static readonly Dictionary<string, string> Changed = new(StringComparer.Ordinal) { ["Roles"] = "role", ["Users"] = "user", ["Groups"] = "group" };

    /// <summary>Their ARNs, with wildcards for what is not known before.</summary>
    /// <param name="resources">The resources of the template.</param>
    /// <param name="prefix">What the names begin with that CloudFormation chooses.</param>
    /// <param name="environment">Where it is deployed.</param>
    /// <param name="settings">The settings of the project.</param>
    public static IReadOnlyList<string> Of(IEnumerable<JsonObject> resources, string prefix, ProjectEnvironment environment, ProjectSettings settings)
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach (JsonObject resource in resources)
        {
            JsonNode? properties = resource["Properties"];
            if (Created.TryGetValue(resource.String("Type")!, out (string Property, string Word) kind))
            {
                string name = properties?[kind.Property] is { } given ? Known(given) : prefix + "*";
                found.Add(ArnOf(kind.Word + (properties?["Path"] is { } path ? Known(path) : "/") + name));
            }

            if (resource.String("Type") is not ("AWS::IAM::ManagedPolicy" or "AWS::IAM::Policy"))
                continue;
            // Those of the template are in the list anyway, and a name says nothing of the path.
            foreach (KeyValuePair<string, string> each in Changed)
            {
                foreach (JsonNode name in (properties?[each.Key] as JsonArray ?? []).OfType<JsonNode>().Where(name => Functions.Target(name) is null))
                {
                    found.Add(ArnOf($"{each.Value}/{Known(name)}"));
                    found.Add(ArnOf($"{each.Value}/*/{Known(name)}"));
                }
            }
        }

        return found.Count > 0 ? [.. found] : [ArnOf($"role/{prefix}*")];

        string ArnOf(string resource) => Arn.Global("iam", environment.Region, environment.AccountId, resource).ToString();
        string Known(JsonNode value) => Functions.Resolved(value, environment, settings) ?? "*";
    }
}
