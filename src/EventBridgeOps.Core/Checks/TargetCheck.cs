using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Checks;

/// <summary>Looks at one target of a rule: its job definition, its job queue, its dead-letter queue.</summary>
internal sealed class TargetCheck(ConnectionPorts account, RevisionJudge judge, ItemRetry retry)
{
    private const int Depth = 3;

    private Dictionary<string, JsonObject>? _queues;

    public async Task<IReadOnlyList<CheckResult>> RunAsync(JsonObject target, string? accountId, CancellationToken cancellationToken)
    {
        string name = $"target {target.String("Id")}";
        if (TargetDocument.JobDefinition(target) is not { } definition)
            return [ConnectionCheck.Ok(Depth, name, target.String("Arn") ?? "is there"), await DeadLettersAsync(target, cancellationToken)];
        return
        [
            Verdict(name, definition, await judge.JudgeAsync(definition, accountId, cancellationToken)),
            await QueueAsync(target.String("Arn") ?? "", cancellationToken),
            await DeadLettersAsync(target, cancellationToken),
        ];
    }

    private static CheckResult Verdict(string name, string definition, RevisionVerdict verdict) => verdict.State switch
    {
        RevisionState.Current or RevisionState.Floating => ConnectionCheck.Ok(Depth, name, $"{definition} is {verdict.State}"),
        RevisionState.Unresolved => ConnectionCheck.Skip(Depth, name, $"{definition} could not be looked up: {verdict.Reason}"),
        RevisionState.Missing => ConnectionCheck.Ng(Depth, name, $"{definition} is Missing: {verdict.Reason}", "Register the job definition again."),
        _ => ConnectionCheck.Ng(Depth, name, $"{definition} is {verdict.State}, the latest is {verdict.Latest}", "Sync-EbBatchTarget (ebops targets sync) repairs it."),
    };

    private Task<CheckResult> QueueAsync(string arn, CancellationToken cancellationToken)
    {
        string check = $"job queue {Events.Names.Arn.TryParse(arn, out Arn? parsed) switch { true => parsed!.Resource.Substring(parsed.Resource.IndexOf('/') + 1), _ => arn }}";
        return ConnectionCheck.GuardAsync(Depth + 1, check, "Have batch:DescribeJobQueues added.", async () =>
        {
            _queues ??= (await retry.RunAsync(() => account.Batch.DescribeJobQueuesAsync(cancellationToken).ToListAsync(cancellationToken), cancellationToken))
                .GroupBy(queue => queue.String("jobQueueArn") ?? "", StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
            if (!_queues.TryGetValue(arn, out JsonObject? queue))
                return ConnectionCheck.Ng(Depth + 1, check, "is not there", "Make it, or correct the target's Arn.");
            string state = queue.String("state") ?? "?", status = queue.String("status") ?? "?";
            return state == "ENABLED" && status == "VALID"
                ? ConnectionCheck.Ok(Depth + 1, check, "ENABLED, VALID")
                : ConnectionCheck.Ng(Depth + 1, check, $"{state}, {status}{(queue.String("statusReason") is { Length: > 0 } why ? $" ({why})" : "")}", state != "ENABLED" ? "Enable it: aws batch update-job-queue --state ENABLED." : "Look at its compute environments.");
        }, cancellationToken);
    }

    private Task<CheckResult> DeadLettersAsync(JsonObject target, CancellationToken cancellationToken)
    {
        const string Check = "dead-letter queue";
        if ((target["DeadLetterConfig"] as JsonObject)?.String("Arn") is not { } arn)
            return Task.FromResult(ConnectionCheck.Ng(Depth + 1, Check, "there is none, so what cannot be delivered is lost without a trace", "Give the target a DeadLetterConfig with the ARN of an SQS queue."));
        if (!Events.Names.Arn.TryParse(arn, out Arn? queue) || queue.Service != "sqs")
            return Task.FromResult(ConnectionCheck.Ng(Depth + 1, Check, $"{arn} is not the ARN of an SQS queue", "Correct the target's DeadLetterConfig."));
        return ConnectionCheck.GuardAsync(Depth + 1, $"{Check} {queue.Resource}", "Check that the queue is there, and that sqs:GetQueueUrl and sqs:GetQueueAttributes are allowed.", async () =>
        {
            long count;
            try
            {
                count = await retry.RunAsync(() => account.Queues.CountMessagesAsync(queue, cancellationToken), cancellationToken);
            }
            catch (ServiceCallException e) when (e.Call.Code == "UnknownOperationException")
            {
                return ConnectionCheck.Skip(Depth + 1, $"{Check} {queue.Resource}", "this endpoint has no SQS");
            }

            return count == 0
                ? ConnectionCheck.Ok(Depth + 1, $"{Check} {queue.Resource}", "empty")
                : ConnectionCheck.Ng(Depth + 1, $"{Check} {queue.Resource}", $"about {count} message{(count == 1 ? "" : "s")}", "Each is an event that was not delivered: its attributes ERROR_CODE and ERROR_MESSAGE say why.");
        }, cancellationToken);
    }
}
