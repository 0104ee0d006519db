using EventBridgeOps.Sandbox.Queries;

namespace EventBridgeOps.Sandbox.Sts;

/// <summary>The query protocol of STS.</summary>
internal static class StsForms
{
    public static QueryApi Api { get; } = new("sts", "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/")
    {
        Members = [QueryMember.List("PolicyArns"), QueryMember.List("Tags"), QueryMember.List("TransitiveTagKeys"), QueryMember.List("ProvidedContexts")],
        Unsigned = ["AssumeRoleWithWebIdentity"],
    };
}
