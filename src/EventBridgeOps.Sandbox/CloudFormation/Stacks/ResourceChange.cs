using EventBridgeOps.Sandbox.CloudFormation.Kinds;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>What a change of properties means for a resource.</summary>
/// <param name="IsAny">Whether anything changes.</param>
/// <param name="Replaces">Whether the resource is replaced.</param>
/// <param name="Names">The properties that change.</param>
/// <param name="Replacing">Those of them that replace the resource.</param>
internal sealed record ResourceChange(bool IsAny, bool Replaces, IReadOnlyList<string> Names, IReadOnlyList<string> Replacing)
{
    /// <summary>Compares the properties of a resource.</summary>
    public static ResourceChange Of(ResourceKind kind, ResourceSchema schema, RawDocument before, RawDocument after, bool tagsChanged)
    {
        string[] names = [.. before.Members.Select(member => member.Key).Union(after.Members.Select(member => member.Key)).Where(name => !SameJson.Are(before[name], after[name]))];
        if (tagsChanged && !names.Contains("Tags"))
            names = [.. names, "Tags"];
        string[] replacing = [.. names.Intersect(schema.Properties.CreateOnly.Concat(kind.AlsoReplacing))];
        return new(names.Length > 0, replacing.Length > 0, names, replacing);
    }
}
