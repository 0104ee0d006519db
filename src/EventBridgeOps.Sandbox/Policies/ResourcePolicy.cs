using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Policies;

/// <summary>The text of a policy of a queue, topic, function or event bus, as its service keeps and changes it.</summary>
internal static class ResourcePolicy
{
    /// <summary>Whether a policy is one that a service would store: a JSON object with statements.</summary>
    public static bool IsReadable(string policy) => PolicyStatement.ReadAll(policy) is not null;

    /// <summary>The statements of a policy; null if the text is not a policy.</summary>
    public static IReadOnlyList<RawDocument>? Statements(string policy) =>
        PolicyStatement.ReadAll(policy)?.Select(statement => RawDocument.Parse(statement.ToString())).ToList();

    /// <summary>The statement that AddPermission of SQS and SNS writes: it lets accounts call some operations.</summary>
    public static RawDocument Grant(Operation operation, string label, IEnumerable<string> accounts, IEnumerable<string> actions, string resource) => RawDocument.Empty
        .With("Sid", label)
        .With("Effect", "Allow")
        .With("Principal", RawDocument.Empty.With("AWS", accounts.Select(account => Arn.Global("iam", operation.Call.Region, account, "root").ToString())))
        .With("Action", actions)
        .With("Resource", resource);
}
