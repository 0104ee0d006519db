using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Images;

/// <summary>Which revisions are in use: by targets of any rule that are pinned to them, and by unfinished jobs.</summary>
internal sealed class RevisionUse
{
    /// <summary>The statuses of a job that is not finished: https://docs.aws.amazon.com/batch/latest/userguide/job_states.html.</summary>
    private static readonly string[] Unfinished = ["SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING"];

    private readonly Dictionary<string, List<Message>> _users = new(StringComparer.Ordinal);

    private RevisionUse()
    {
    }

    /// <summary>Reads all event buses and job queues.</summary>
    /// <returns>Null if not all of them could be read, which is reported to the observer. Nothing may be deregistered then.</returns>
    public static async Task<RevisionUse?> FindAsync(TargetScanner targets, IBatchApi batch, ItemRetry retry, int throttleLimit, IRunObserver observer, CancellationToken cancellationToken)
    {
        RevisionUse use = new();
        FailureCount failures = new(observer);
        TargetQuery everywhere = new() { Rules = new RuleQuery { EventBusName = ["*"], ThrottleLimit = throttleLimit }, Thorough = true };
        await foreach (TargetRevision target in targets.ScanAsync(everywhere, failures, cancellationToken))
            use.Add(target.JobDefinition, ImageMessages.UsedByTarget(target.ToString()));

        List<string>? queues = await ItemGuard.RunAsync<List<string>>(
            async () => await retry.RunAsync(async () => (await batch.DescribeJobQueuesAsync(cancellationToken).ToListAsync(cancellationToken)).Select(queue => queue.String("jobQueueArn")).OfType<string>().ToList(), cancellationToken),
            observer.Text(ImageMessages.JobQueues()), failures, cancellationToken);
        IAsyncEnumerable<List<JsonObject>?> jobs = OrderedParallel.SelectAsync(
            Streams.From((queues ?? []).SelectMany(queue => Unfinished.Select(status => (Queue: queue, Status: status)))),
            throttleLimit,
            (list, token) => ItemGuard.RunAsync<List<JsonObject>>(async () => await retry.RunAsync(() => batch.ListJobsAsync(list.Queue, list.Status, token).ToListAsync(token), token), list.Queue, failures, token),
            cancellationToken);
        await foreach (List<JsonObject>? some in jobs)
        {
            foreach (JsonObject job in some ?? [])
                use.Add(job.String("jobDefinition"), ImageMessages.UsedByJob(job.String("jobName"), job.String("jobId"), job.String("status")));
        }

        return failures.Failures == 0 ? use : null;
    }

    /// <summary>What uses a revision; empty if nothing does.</summary>
    public IReadOnlyList<Message> Of(string name, int revision) => _users.TryGetValue(JobDefinitionDocument.Refer(name, revision), out List<Message>? users) ? users : [];

    private void Add(string? jobDefinition, Message user)
    {
        if (!JobDefinitionReference.TryParse(jobDefinition, out JobDefinitionReference? reference, out _) || reference.Revision is not { } revision)
            return; // A floating reference uses the latest revision, which is always kept.
        string key = JobDefinitionDocument.Refer(reference.Name, revision);
        if (!_users.TryGetValue(key, out List<Message>? users))
            _users.Add(key, users = []);
        users.Add(user);
    }
}
