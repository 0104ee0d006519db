using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>Tags of clusters, services and task definitions, by their ARN.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TagResource.html</remarks>
internal static class EcsTags
{
    private const int Most = 50;

    public static RawDocument Tag(Operation operation)
    {
        string arn = Resource(operation);
        Set(operation, arn, operation.Input);
        return RawDocument.Empty;
    }

    public static RawDocument Untag(Operation operation)
    {
        string arn = Resource(operation);
        if (Table(operation).Find(arn) is { } tags)
            Table(operation)[arn] = tags.Without([.. operation.Input.Texts("tagKeys")]);
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation) => RawDocument.Empty.With("tags", Of(operation, Resource(operation)));

    /// <summary>Adds the tags of an input to a resource.</summary>
    public static void Set(Operation operation, string arn, RawDocument input)
    {
        RawDocument all = Table(operation).Find(arn) ?? RawDocument.Empty;
        foreach (RawDocument tag in input.List("tags").Select(RawDocument.From))
        {
            string key = tag.Text("key") is { Length: >= 1 and <= 128 } text ? text : throw EcsErrors.BadParameter("Tag key must be 1 to 128 characters long.");
            string value = tag.Text("value") ?? "";
            if (value.Length > 256)
                throw EcsErrors.BadParameter("Tag value must be at most 256 characters long.");
            all = all.With(key, value);
        }

        if (all.Members.Count > Most)
            throw EcsErrors.BadParameter($"Too many tags: at most {Most} are allowed.");
        if (all.Members.Count > 0)
            Table(operation)[arn] = all;
    }

    public static IEnumerable<RawDocument> Of(Operation operation, string arn) =>
        (Table(operation).Find(arn) ?? RawDocument.Empty).Members.Select(tag => RawDocument.Empty.With("key", tag.Key).With("value", tag.Value));

    public static void Forget(Operation operation, string arn) => Table(operation).Remove(arn);

    /// <summary>Whether the input asks for tags in the answer.</summary>
    public static bool AreIncluded(Operation operation) => operation.Input.Texts("include").Contains("TAGS");

    private static string Resource(Operation operation)
    {
        string arn = EcsErrors.Required(operation.Input, "resourceArn", "resourceArn");
        bool exists = EcsNames.Below(operation, "cluster", arn) is { } cluster ? operation.State["ecsClusters"].ContainsKey(cluster)
            : EcsNames.Below(operation, "service", arn) is { } service ? operation.State["ecsServices"].ContainsKey(service)
            : EcsNames.Below(operation, "task-definition", arn) is not null ? TaskDefinitions.Find(operation, arn) is not null
            : throw EcsErrors.BadParameter("The ARN provided is invalid.");
        return exists ? arn : throw new AwsError(400, "ResourceNotFoundException", "The specified resource was not found.");
    }

    private static Table Table(Operation operation) => operation.State["ecsTags"];
}
