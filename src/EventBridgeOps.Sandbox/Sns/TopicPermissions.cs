using EventBridgeOps.Sandbox.Policies;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>Statements that AddPermission writes into the policy of a topic.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html</remarks>
internal static class TopicPermissions
{
    private static readonly string[] Actions =
    [
        "AddPermission", "DeleteTopic", "GetTopicAttributes", "ListSubscriptionsByTopic", "ListTagsForResource", "Publish", "PublishBatch",
        "RemovePermission", "SetTopicAttributes", "Subscribe", "TagResource", "UntagResource",
    ];

    public static RawDocument Add(Operation operation)
    {
        Topic topic = Topic.At(operation);
        string label = operation.Input.Text("Label") ?? throw SnsErrors.Invalid("Label");
        List<RawDocument> statements = Statements(topic);
        if (statements.Any(statement => statement.Text("Sid") == label))
            throw SnsErrors.Invalid("Statement already exists");
        List<string> actions = [.. operation.Input.Texts("ActionName")];
        if (actions.Count == 0 || actions.Except(Actions, StringComparer.Ordinal).Any())
            throw SnsErrors.Invalid("Policy statement action out of service scope!");

        statements.Add(ResourcePolicy.Grant(operation, label, operation.Input.Texts("AWSAccountId"), actions.Select(action => "SNS:" + action), topic.Arn));
        return Keep(topic, statements);
    }

    public static RawDocument Remove(Operation operation)
    {
        Topic topic = Topic.At(operation);
        string label = operation.Input.Text("Label") ?? throw SnsErrors.Invalid("Label");
        List<RawDocument> statements = Statements(topic);
        statements.RemoveAll(statement => statement.Text("Sid") == label);
        return Keep(topic, statements);
    }

    private static List<RawDocument> Statements(Topic topic) => [.. ResourcePolicy.Statements(topic.Policy) ?? []];

    private static RawDocument Keep(Topic topic, List<RawDocument> statements)
    {
        topic.Keep(topic.Document.With("Attributes", topic.Attributes.With("Policy", RawDocument.Parse(topic.Policy).With("Statement", statements).ToString())));
        return RawDocument.Empty;
    }
}
