using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Requests;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb.Tables;

/// <summary>Tags of tables.</summary>
internal static class TagOperations
{
    /// <summary>The most tags of a table.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html</remarks>
    private const int MostTags = 50;

    public static RawDocument Tag(Operation operation)
    {
        RequestCheck.Known(operation.Input, "ResourceArn", "Tags");
        Add(operation, NameOf(operation), operation.Input);
        return RawDocument.Empty;
    }

    public static RawDocument Untag(Operation operation)
    {
        RequestCheck.Known(operation.Input, "ResourceArn", "TagKeys");
        string name = NameOf(operation);
        Table all = operation.State["dynamoTags"];
        all[name] = (all.Find(name) ?? RawDocument.Empty).Without([.. operation.Input.Texts("TagKeys")]);
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation)
    {
        RequestCheck.Known(operation.Input, "ResourceArn", "NextToken");
        RawDocument tags = operation.State["dynamoTags"].Find(NameOf(operation)) ?? RawDocument.Empty;
        Paging.Page<(string Key, string Value)> page = operation.Page(
            tags.Members.Select(tag => (tag.Key, Value: tag.Value.GetString()!)).OrderBy(tag => tag.Key, StringComparer.Ordinal),
            tag => tag.Key, null, operation.Input.Text("NextToken"));
        return RawDocument.Empty
            .With("Tags", page.Items.Select(tag => RawDocument.Empty.With("Key", tag.Key).With("Value", tag.Value)))
            .With("NextToken", page.NextToken);
    }

    /// <summary>Adds the tags of a request to those of a table.</summary>
    public static void Add(Operation operation, string name, RawDocument request)
    {
        List<RawDocument> given = RequestCheck.List(RequestCheck.Required(request, "Tags")).ConvertAll(RequestCheck.Object);
        RequestCheck.Constrained(constraints =>
        {
            for (int index = 0; index < given.Count; index++)
            {
                constraints.Text($"tags.{index + 1}.member.key", given[index]["Key"], required: true, 1, 128);
                constraints.Text($"tags.{index + 1}.member.value", given[index]["Value"], required: true, 0, 256);
            }
        });
        Table all = operation.State["dynamoTags"];
        RawDocument tags = given.Aggregate(all.Find(name) ?? RawDocument.Empty, (tags, tag) => tags.With(tag.Text("Key")!, tag.Text("Value")));
        all[name] = tags.Members.Count <= MostTags ? tags : throw DynamoErrors.LimitExceeded("Too many tags: The resource already has 50 tags.");
    }

    private static string NameOf(Operation operation)
    {
        string arn = RequestCheck.Required(operation.Input, "ResourceArn").GetString()!;
        return DynamoTable.NameOf(operation, arn) is { } name && DynamoTable.Named(operation, name) is not null ? name : throw DynamoErrors.NoResource(arn);
    }
}
