using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>Pages of IAM: MaxItems, Marker and IsTruncated.</summary>
internal static class IamPages
{
    public static RawDocument Of(Operation operation, string member, IEnumerable<string> keys, Func<string, JsonElement> show)
    {
        Paging.Page<string> page = operation.Page(keys, key => key, operation.Input.Number("MaxItems"), operation.Input.Text("Marker"));
        return RawDocument.Empty
            .With(member, Json.Array(page.Items.Select(show)))
            .With("IsTruncated", page.NextToken is not null)
            .With("Marker", page.NextToken);
    }
}
