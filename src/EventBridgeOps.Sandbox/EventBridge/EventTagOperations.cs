using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>Tags of rules and buses.</summary>
internal static class EventTagOperations
{
    public static RawDocument Tag(Operation operation)
    {
        string arn = Resource(operation);
        RefuseManaged(operation, arn);
        Constraints constraints = new();
        Check(constraints, operation.Input);
        constraints.Check();
        Set(operation, arn, operation.Input.List("Tags"));
        return RawDocument.Empty;
    }

    public static RawDocument Untag(Operation operation)
    {
        string arn = Resource(operation);
        RefuseManaged(operation, arn);
        Constraints constraints = new();
        foreach (JsonElement key in constraints.List("tagKeys", operation.Input["TagKeys"], 0, int.MaxValue))
            constraints.Text("tagKeys.member", key, true, 1, 128);
        constraints.Check();
        if (Table(operation).Find(arn) is { } tags)
            Table(operation)[arn] = tags.Without(operation.Input.Texts("TagKeys").ToArray());
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation)
    {
        RawDocument tags = Table(operation).Find(Resource(operation)) ?? RawDocument.Empty;
        return RawDocument.Empty.With("Tags", TagList.Of(tags));
    }

    public static void Set(Operation operation, string arn, IEnumerable<JsonElement> tags)
    {
        RawDocument kept = Table(operation).Find(arn) ?? RawDocument.Empty;
        kept = tags.Select(RawDocument.From).Aggregate(kept, (all, tag) => all.With(tag.Text("Key") ?? "", tag.Text("Value") ?? ""));
        if (kept.Members.Count > 0)
            Table(operation)[arn] = kept;
    }

    public static void Forget(Operation operation, string arn) => Table(operation).Remove(arn);

    public static void Check(Constraints constraints, RawDocument input)
    {
        IReadOnlyList<JsonElement> tags = constraints.List("tags", input["Tags"], 0, 50, required: false);
        for (int i = 0; i < tags.Count; i++)
        {
            RawDocument tag = constraints.Object($"tags.{i + 1}.member", tags[i], required: true);
            constraints.Text($"tags.{i + 1}.member.key", tag["Key"], true, 1, 128);
            constraints.Text($"tags.{i + 1}.member.value", tag["Value"], true, 0, 256);
        }
    }

    /// <summary>Tags of managed rules are not changed: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TagResource.html.</summary>
    private static void RefuseManaged(Operation operation, string arn)
    {
        if (operation.State["rules"].Values.FirstOrDefault(rule => rule.Text("Arn") == arn) is { } rule)
            RuleOperations.RefuseManaged(rule);
    }

    /// <summary>The ARN asked about, which must be a rule's or a bus's.</summary>
    private static string Resource(Operation operation)
    {
        Constraints constraints = new();
        constraints.Text("resourceARN", operation.Input["ResourceARN"], true, 1, 1600);
        constraints.Check();

        string arn = operation.Input.Text("ResourceARN")!;
        string resource = arn.Substring(arn.LastIndexOf(':') + 1);
        bool known = resource.StartsWith("event-bus/", StringComparison.Ordinal)
            ? BusOperations.Exists(operation, arn)
            : operation.State["rules"].Values.Any(rule => rule.Text("Arn") == arn);
        return known ? arn : throw new AwsError(400, "ResourceNotFoundException", $"Resource {resource} does not exist.");
    }

    private static Table Table(Operation operation) => operation.State["eventTags"];
}
