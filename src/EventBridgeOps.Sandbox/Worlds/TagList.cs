using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>Tags as many services write them, a list of keys and values, and as they are kept here, by their keys.</summary>
internal static class TagList
{
    /// <summary>The member Tags of an input, by the keys of the tags.</summary>
    /// <param name="input">The input.</param>
    /// <param name="noKey">The error for a tag without a key.</param>
    public static RawDocument Read(RawDocument input, Func<AwsError> noKey) => input.List("Tags").Select(RawDocument.From).Aggregate(
        RawDocument.Empty, (tags, tag) => tags.With(tag.Text("Key") ?? throw noKey(), tag.Text("Value") ?? ""));

    /// <summary>Tags that are kept by their keys, as a list.</summary>
    public static IEnumerable<RawDocument> Of(RawDocument tags) =>
        tags.Members.Select(tag => RawDocument.Empty.With("Key", tag.Key).With("Value", tag.Value));
}
