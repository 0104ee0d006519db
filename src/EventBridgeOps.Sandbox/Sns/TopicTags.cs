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

    public static RawDocument List(Operation operation) => RawDocument.Empty.With("Tags", At(operation).Tags.Members
        .Select(tag => RawDocument.Empty.With("Key", tag.Key).With("Value", tag.Value)));

    /// <summary>The tags of an input by their keys.</summary>
    public static RawDocument Read(RawDocument input) => input.List("Tags").Select(RawDocument.From).Aggregate(
        RawDocument.Empty, (tags, tag) => tags.With(tag.Text("Key") ?? throw SnsErrors.Invalid("Tags"), tag.Text("Value") ?? ""));

    private static Topic At(Operation operation) => Topic.AtArn(operation, operation.Input.Text("ResourceArn")) ?? throw SnsErrors.NoResource();
}
