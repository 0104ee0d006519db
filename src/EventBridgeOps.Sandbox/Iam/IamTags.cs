using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>Tags of roles and policies.</summary>
internal static class IamTags
{
    public static RawDocument TagRole(Operation operation)
    {
        Role role = Role.At(operation);
        role.Keep(role.Document.With("Tags", role.Tags.With(Read(operation.Input))));
        return RawDocument.Empty;
    }

    public static RawDocument UntagRole(Operation operation)
    {
        Role role = Role.At(operation);
        role.Keep(role.Document.With("Tags", role.Tags.Without([.. operation.Input.Texts("TagKeys")])));
        return RawDocument.Empty;
    }

    public static RawDocument ListRole(Operation operation) => RawDocument.Empty.With("Tags", TagList.Of(Role.At(operation).Tags)).With("IsTruncated", false);

    public static RawDocument TagPolicy(Operation operation)
    {
        RawDocument policy = ManagedPolicy.At(operation);
        ManagedPolicy.Keep(operation, policy.With("Tags", TagsOf(policy).With(Read(operation.Input))));
        return RawDocument.Empty;
    }

    public static RawDocument UntagPolicy(Operation operation)
    {
        RawDocument policy = ManagedPolicy.At(operation);
        ManagedPolicy.Keep(operation, policy.With("Tags", TagsOf(policy).Without([.. operation.Input.Texts("TagKeys")])));
        return RawDocument.Empty;
    }

    public static RawDocument ListPolicy(Operation operation) =>
        RawDocument.Empty.With("Tags", TagList.Of(TagsOf(ManagedPolicy.At(operation)))).With("IsTruncated", false);

    private static RawDocument TagsOf(RawDocument policy) => policy.Object("Tags") ?? RawDocument.Empty;

    /// <summary>The tags of an input by their keys.</summary>
    public static RawDocument Read(RawDocument input) => TagList.Read(input, () => IamErrors.Invalid("Tags need a key."));
}
