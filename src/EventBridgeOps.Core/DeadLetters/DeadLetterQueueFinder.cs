using System.Text.Json.Nodes;
using EventBridgeOps.Buses;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.DeadLetters;

/// <summary>Finds dead-letter queues: those that are named, or else those of event buses, of the targets of their rules, and of the functions that are targets.</summary>
/// <param name="rules">Reads rules.</param>
/// <param name="buses">Reads event buses.</param>
/// <param name="resources">The functions that are targets.</param>
/// <param name="identity">The identity of the caller: a queue that is given by its name is in its account.</param>
/// <param name="region">The Region of the session.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
public sealed class DeadLetterQueueFinder(RuleReader rules, EventBusReader buses, ITargetResourceApi resources, IIdentityApi identity, string region, ItemRetry retry)
{
    /// <summary>The ARNs of the queues, ordered by name, each once.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="observer">Receives failures; the rest continues.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OpsException">The run cannot continue: for example, a queue is not valid, or there are no credentials.</exception>
    public async Task<IReadOnlyList<Arn>> FindAsync(DeadLetterQuery query, IRunObserver observer, CancellationToken cancellationToken)
    {
        List<Arn> found = [];
        if (query.QueueName.Count > 0)
        {
            Lazy<Task<CallerIdentity>> caller = new(() => retry.RunAsync(() => identity.GetCallerIdentityAsync(cancellationToken), cancellationToken));
            foreach (string name in query.QueueName)
            {
                Arn queue = Read(name) ?? Arn.In("sqs", region, (await caller.Value).AccountId, name);
                // The queue of this name in the Region of the session is another one.
                found.Add(queue.Region == region ? queue : throw new OpsException(ErrorIds.InvalidArgument, DeadLetterMessages.OtherRegion(queue.Resource, queue.Region, region)));
            }
        }
        else
        {
            await foreach (string arn in OfBusesAsync(query, observer, cancellationToken))
            {
                if (Arn.TryParse(arn, out Arn? queue) && queue.Service == "sqs")
                    found.Add(queue);
            }
        }

        return [.. found.Distinct().OrderBy(queue => queue.Resource, StringComparer.Ordinal).ThenBy(queue => queue.ToString(), StringComparer.Ordinal)];
    }

    private async IAsyncEnumerable<string> OfBusesAsync(DeadLetterQuery query, IRunObserver observer, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (EventBusSummary bus in buses.ReadAsync(new BusQuery { EventBusName = query.EventBusName, ThrottleLimit = query.ThrottleLimit }, observer, cancellationToken))
        {
            if (bus.DeadLetterArn is { } arn)
                yield return arn;
        }

        HashSet<Arn> functions = [];
        RuleQuery all = new() { EventBusName = query.EventBusName, ThrottleLimit = query.ThrottleLimit };
        await foreach (RuleSummary rule in rules.ReadAsync(all, withTargets: true, observer, cancellationToken))
        {
            foreach (RuleTarget target in rule.Targets)
            {
                JsonObject document = Document.Parse(target.Document);
                if ((document["DeadLetterConfig"] as JsonObject)?.String("Arn") is { } arn)
                    yield return arn;
                if (Arn.TryParse(document.String("Arn"), out Arn? function) && function.Service == "lambda")
                    functions.Add(function);
            }
        }

        // What is sent to a function that then fails goes to a queue of the function.
        await foreach (IReadOnlyList<string> destinations in OrderedParallel.SelectAsync(Streams.From(functions), query.ThrottleLimit, (function, token) => DestinationsAsync(function, observer, token), cancellationToken))
        {
            foreach (string arn in destinations)
                yield return arn;
        }
    }

    // Whoever may not read functions can read the other queues.
    private async Task<IReadOnlyList<string>> DestinationsAsync(Arn function, IRunObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            return await retry.RunAsync(() => resources.FailureDestinationsAsync(function, cancellationToken), cancellationToken);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            observer.Warning(DeadLetterMessages.FunctionNotRead(function.Resource, e));
            return [];
        }
    }

    /// <summary>The queue of an ARN or a URL; null for a name.</summary>
    private Arn? Read(string text)
    {
        if (Arn.TryParse(text, out Arn? arn))
            return arn.Service == "sqs" && IsName(arn.Resource) ? arn : throw new OpsException(ErrorIds.InvalidArgument, DeadLetterMessages.NotAQueue(text));
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("https" or "http"))
            return IsName(text) ? null : throw new OpsException(ErrorIds.InvalidArgument, DeadLetterMessages.NotAQueue(text));
        // https://sqs.eu-west-1.amazonaws.com/123456789012/name. A custom endpoint, such as that of the sandbox, does not name the Region.
        string[] path = url.AbsolutePath.Trim('/').Split('/');
        return path.Length == 2 && path[0].Length == 12 && path[0].All(digit => digit is >= '0' and <= '9') && IsName(path[1])
            ? Arn.In("sqs", url.Host.Split('.').FirstOrDefault(Partitions.IsRegion) ?? region, path[0], path[1])
            : throw new OpsException(ErrorIds.InvalidArgument, DeadLetterMessages.NotAQueue(text));
    }

    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
    private static bool IsName(string text) => text.Length is > 0 and <= 80 && text.All(letter => letter is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_' or '.');
}
