using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ssm;

/// <summary>Tags of parameters.</summary>
/// <remarks>https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html</remarks>
internal static class ParameterTags
{
    private const int Most = 50;

    public static RawDocument Add(Operation operation)
    {
        SsmErrors.Known(operation, "ResourceType", "ResourceId", "Tags");
        Set(operation, Resource(operation), operation.Input);
        return RawDocument.Empty;
    }

    public static RawDocument Remove(Operation operation)
    {
        SsmErrors.Known(operation, "ResourceType", "ResourceId", "TagKeys");
        string name = Resource(operation);
        if (Table(operation).Find(name) is { } tags)
            Table(operation)[name] = tags.Without([.. operation.Input.Texts("TagKeys")]);
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation) =>
        RawDocument.Empty.With("TagList", TagList.Of(Table(operation).Find(Resource(operation)) ?? RawDocument.Empty));

    /// <summary>Adds the tags of an input.</summary>
    public static void Set(Operation operation, string name, RawDocument input)
    {
        RawDocument all = (Table(operation).Find(name) ?? RawDocument.Empty)
            .With(TagList.Read(input, () => AwsError.Validation("Value null at 'tags.1.member.key' failed to satisfy constraint: Member must not be null")));
        if (all.Members.Count > Most)
            throw new AwsError(400, "TooManyTagsError", "The Tags parameter contains too many tags.");
        if (all.Members.Count > 0)
            Table(operation)[name] = all;
    }

    private static string Resource(Operation operation)
    {
        if (operation.Input.Text("ResourceType") is not "Parameter" and var type)
            throw new AwsError(400, "InvalidResourceType", SsmMessages.NoResource(type ?? "null").ToString());
        string name = operation.Input.Text("ResourceId") ?? "";
        return Parameters.All(operation).ContainsKey(name) ? name : throw new AwsError(400, "InvalidResourceId", "Invalid Resource Id");
    }

    private static Table Table(Operation operation) => operation.State["ssmTags"];
}
