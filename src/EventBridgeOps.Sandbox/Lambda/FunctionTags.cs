using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>The tags of functions.</summary>
internal static class FunctionTags
{
    public static RawDocument Tag(Operation operation)
    {
        Function function = Of(operation);
        Constraints constraints = new();
        RawDocument tags = constraints.Object("tags", operation.Input["Tags"], required: true);
        constraints.Check();
        RawDocument all = Tags(function).With(tags);
        if (all.Members.Count > 50)
            throw LambdaErrors.Invalid("The number of tags exceeds the limit of 50.");
        function.KeepTags(all);
        return RawDocument.Empty;
    }

    public static RawDocument Untag(Operation operation)
    {
        Function function = Of(operation);
        function.KeepTags(Tags(function).Without([.. operation.Input.Texts("TagKeys")]));
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation) => RawDocument.Empty.With("Tags", Tags(Of(operation)));

    private static RawDocument Tags(Function function) => function.Document.Object("Tags") ?? RawDocument.Empty;

    private static Function Of(Operation operation)
    {
        string arn = operation.Input.Text("Resource") ?? "";
        return Function.AtArn(operation, arn) ?? throw LambdaErrors.NotFound($"The resource {arn} was not found.");
    }
}
