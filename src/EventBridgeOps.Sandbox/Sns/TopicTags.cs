using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>Tags of topics.</summary>
internal static class TopicTags
{
    public static RawDocument Tag(Operation operation)
    {
        Topic topic = At(operation);
        topic.Keep(topic.Document.With("Tags", topic.Tags.With(Read(operation.Input))));
        return RawDocument.Empty;
    }

    public static RawDocument Untag(Operation operation)
    {
        Topic topic = At(operation);
        topic.Keep(topic.Document.With("Tags", topic.Tags.Without([.. operation.Input.Texts("TagKeys")])));
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation) => RawDocument.Empty.With("Tags", TagList.Of(At(operation).Tags));

    /// <summary>The tags of an input by their keys.</summary>
    public static RawDocument Read(RawDocument input) => TagList.Read(input, () => SnsErrors.Invalid("Tags"));

    private static Topic At(Operation operation) => Topic.AtArn(operation, operation.Input.Text("ResourceArn")) ?? throw SnsErrors.NoResource();
}
