using EventBridgeOps.Sandbox.Policies;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sqs;

/// <summary>Statements that AddPermission writes into the policy of a queue.</summary>
internal static class QueuePermissions
{
    public static RawDocument Add(Operation operation)
    {
        Queue queue = Queue.AtUrl(operation);
        string label = operation.Input.Text("Label") ?? throw SqsErrors.Missing("Label");
        RawDocument policy = Policy(queue);
        List<RawDocument> statements = Statements(policy);
        if (statements.Any(statement => statement.Text("Sid") == label))
            throw SqsErrors.BadParameter($"Value {label} for parameter Label is invalid. Reason: Already exists.");

        statements.Add(ResourcePolicy.Grant(operation, label, operation.Input.Texts("AWSAccountIds"), operation.Input.Texts("Actions").Select(action => "SQS:" + action), queue.Arn));
        return Keep(queue, policy, statements);
    }

    public static RawDocument Remove(Operation operation)
    {
        Queue queue = Queue.AtUrl(operation);
        string label = operation.Input.Text("Label") ?? throw SqsErrors.Missing("Label");
        RawDocument policy = Policy(queue);
        List<RawDocument> statements = Statements(policy);
        if (statements.RemoveAll(statement => statement.Text("Sid") == label) == 0)
            throw SqsErrors.BadParameter($"Value {label} for parameter Label is invalid. Reason: can't find label.");
        return Keep(queue, policy, statements);
    }

    private static RawDocument Policy(Queue queue) => queue.Policy is { } policy
        ? RawDocument.Parse(policy)
        : RawDocument.Empty.With("Version", "2012-10-17").With("Id", queue.Arn + "/SQSDefaultPolicy");

    private static List<RawDocument> Statements(RawDocument policy) =>
        policy["Statement"] is { } statement ? [.. Json.Items(statement).Select(RawDocument.From)] : [];

    private static RawDocument Keep(Queue queue, RawDocument policy, List<RawDocument> statements)
    {
        queue.Keep(queue.Document.With("Attributes", queue.Attributes.With("Policy", policy.With("Statement", statements).ToString())));
        return RawDocument.Empty;
    }
}
