using System.Text.Json.Nodes;

namespace EventBridgeOps.Projects.Templates;

/// <summary>Who may use the event bus: publishers of the account by a managed policy, and other accounts by the policy of the event bus.</summary>
internal static class AccessParts
{
    public static void Add(StackParts parts)
    {
        // Sources that begin with 'aws.' are those of AWS services.
        string[] sources = [.. parts.Project.Schemas.Where(schema => !schema.IsRetired).Select(schema => schema.Source).OfType<string>().Where(source => !source.StartsWith("aws.", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).OrderBy(source => source, StringComparer.Ordinal)];
        if (sources.Length > 0)
            AddPublishers(parts, sources);
        foreach ((string name, string kind, JsonObject statement) in BusPolicy.Statements(parts.Settings, parts.BusArn))
            AddStatement(parts, name, kind, statement, parts.BusName);
    }

    /// <summary>A statement of the policy of an event bus. Each is a resource of its own, so that others can be added beside it.</summary>
    public static void AddStatement(StackParts parts, string name, string kind, JsonObject statement, JsonNode busName) =>
        parts.Add(parts.Id(name, kind + "Policy"), "AWS::Events::EventBusPolicy", new JsonObject { ["EventBusName"] = busName, ["StatementId"] = BusPolicy.StatementId(name) + kind, ["Statement"] = statement });

    private static void AddPublishers(StackParts parts, string[] sources)
    {
        JsonObject condition = [];
        BusPolicy.AddSources(condition, sources);
        parts.Add("PublisherPolicy", "AWS::IAM::ManagedPolicy", new JsonObject
        {
            ["Description"] = $"Sends the events of project {parts.Settings.Name}.",
            ["PolicyDocument"] = ResourcePolicies.Document(new JsonObject { ["Effect"] = "Allow", ["Action"] = "events:PutEvents", ["Resource"] = parts.BusArn, ["Condition"] = condition }),
        });
        parts.Output("PublisherPolicyArn", "The ARN of the policy for identities that send events", Functions.Ref("PublisherPolicy"));
    }
}
