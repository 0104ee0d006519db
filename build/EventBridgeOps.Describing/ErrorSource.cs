using Microsoft.CodeAnalysis;

namespace EventBridgeOps.Describing;

/// <summary>The source text of the list of errors.</summary>
internal static class ErrorSource
{
    public static string Of(IFieldSymbol id)
    {
        AttributeData error = id.Find("ErrorAttribute")!;
        return $"new({id.Name}, {Code.Text(error.ConstructorArguments[0].Value as string)}, {Code.Text(Comment.Summary(id))}, {Code.Text(error.ConstructorArguments[1].Value as string)}),";
    }

    public static string List(IEnumerable<string> errors) => $$"""
        {{Code.Header}}
        namespace EventBridgeOps.Events.Messages;

        partial class ErrorIds
        {
            private static global::System.Collections.Generic.IReadOnlyList<ErrorDescription>? s_all;

            /// <summary>The descriptions of all of them.</summary>
            public static global::System.Collections.Generic.IReadOnlyList<ErrorDescription> All => s_all ??=
            [
                {{string.Join("\n        ", errors)}}
            ];
        }

        """;
}
