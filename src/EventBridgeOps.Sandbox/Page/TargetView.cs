using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Batch;
using EventBridgeOps.Sandbox.Sqs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Page;

/// <summary>A target, and what is known to be wrong with it: nothing is said of what is in another account or Region.</summary>
internal static class TargetView
{
    public static TargetShown Of(Operation operation, RawDocument target)
    {
        string arn = target.Text("Arn") ?? "";
        string? definition = target.Object("BatchParameters")?.Text("JobDefinition");
        string? deadLetters = target.Object("DeadLetterConfig")?.Text("Arn");
        List<string> problems = new[]
        {
            OfTarget(operation, arn),
            definition is null ? null : OfJobDefinition(operation, arn, definition),
            deadLetters is not null && IsMissingQueue(operation, deadLetters) ? PageMessages.DeadLetterQueueMissing(deadLetters) : null,
        }.OfType<Message>().Select(problem => problem.ToString()).ToList();
        string? input = target.Only("Input", "InputPath", "InputTransformer").Members.Select(member => member.Key).FirstOrDefault();
        return new(target.Text("Id") ?? "", arn, definition, deadLetters, input, problems);
    }

    private static Message? OfTarget(Operation operation, string text)
    {
        if (!Arn.TryParse(text, out Arn? arn) || !operation.IsHere(arn.Partition, arn.Region, arn.AccountId))
            return null;
        switch (arn.Service)
        {
            case "sqs":
                return Queue.AtArn(operation, text) is null ? PageMessages.QueueMissing(text) : null;
            case "batch" when arn.Resource.StartsWith("job-queue/", StringComparison.Ordinal):
                RawDocument? queue = operation.State["jobQueues"].Find(BatchNames.Plain(operation, "job-queue", text));
                return queue is null ? PageMessages.JobQueueMissing(text) : queue.Text("state") == "DISABLED" ? PageMessages.JobQueueDisabled(text) : null;
            case "events" when BusName.TryRead(text, out _, out string? bus):
                return bus != BusName.Default && !operation.State["buses"].ContainsKey(bus) ? PageMessages.EventBusMissing(text) : null;
            default:
                return null;
        }
    }

    /// <summary>A job is submitted where its queue is; without a revision it takes the newest that is ACTIVE.</summary>
    private static Message? OfJobDefinition(Operation operation, string queue, string reference)
    {
        bool isHere = Arn.TryParse(queue, out Arn? arn) && operation.IsHere(arn.Partition, arn.Region, arn.AccountId)
            && JobDefinitionReference.TryParse(reference, out JobDefinitionReference? read, out _)
            && (read.Region is null || operation.IsHere(read.Partition!, read.Region, read.AccountId!));
        if (!isHere)
            return null;

        (string name, int? revision) = BatchNames.JobDefinition(operation, reference);
        List<RawDocument> revisions = operation.State["jobDefinitions"].Values
            .Where(kept => kept.Text("jobDefinitionName") == name && (revision is null || kept.Number("revision") == revision)).ToList();
        return revisions.Count == 0 ? PageMessages.JobDefinitionMissing(reference)
            : revisions.Exists(kept => kept.Text("status") == "ACTIVE") ? null : PageMessages.JobDefinitionInactive(reference);
    }

    private static bool IsMissingQueue(Operation operation, string text) =>
        Arn.TryParse(text, out Arn? arn) && arn.Service == "sqs" && operation.IsHere(arn.Partition, arn.Region, arn.AccountId)
        && Queue.AtArn(operation, text) is null;
}

/// <summary>A target of a rule.</summary>
internal sealed record TargetShown(
    string Id, string Arn, string? JobDefinition, string? DeadLetterQueue, string? Input, IReadOnlyList<string> Problems);
