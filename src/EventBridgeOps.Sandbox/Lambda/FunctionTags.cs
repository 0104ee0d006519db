using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>The tags of functions and event source mappings.</summary>
internal static class FunctionTags
{
    public static RawDocument Tag(Operation operation)
    {
        (RawDocument before, Action<RawDocument> keep) = Of(operation);
        Constraints constraints = new();
        RawDocument tags = constraints.Object("tags", operation.Input["Tags"], required: true);
        constraints.Check();
        RawDocument all = before.With(tags);
        if (all.Members.Count > 50)
            throw LambdaErrors.Invalid("The number of tags exceeds the limit of 50.");
        keep(all);
        return RawDocument.Empty;
    }

    public static RawDocument Untag(Operation operation)
    {
        (RawDocument before, Action<RawDocument> keep) = Of(operation);
        keep(before.Without([.. operation.Input.Texts("TagKeys")]));
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation) => RawDocument.Empty.With("Tags", Of(operation).Tags);

    private static (RawDocument Tags, Action<RawDocument> Keep) Of(Operation operation)
    {
        string arn = operation.Input.Text("Resource") ?? "";
        if (Function.AtArn(operation, arn) is { } function)
            return (function.Document.Object("Tags") ?? RawDocument.Empty, function.KeepTags);
        if (EventSources.AtArn(operation, arn) is { } mapping)
            return (mapping.Object("Tags") ?? RawDocument.Empty, tags => EventSources.KeepTags(operation, mapping, tags));
        throw LambdaErrors.NotFound($"The resource {arn} was not found.");
    }
}
