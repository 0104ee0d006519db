using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.JobDefinitions;

namespace EventBridgeOps.DeadLetters;

/// <summary>Who deregistered revisions, and when, as far as CloudTrail knows. It is read once, when it is first needed.</summary>
internal sealed class DeregistrationHistory(ITrailApi trail, CancellationToken ended)
{
    /// <summary>How many events are read: CloudTrail answers two calls a second, with 50 events each.</summary>
    private const int MaxEvents = 200;

    private static readonly Regex Named = new(@"\bJob ?Definition:? (?:arn:\S+:job-definition/)?(?<name>[A-Za-z0-9_-]+:[0-9]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private readonly object _lock = new();
    private Task<IReadOnlyDictionary<string, Message>>? _known;

    /// <summary>What is known of the deregistration of the revision that a dead letter, or else its target, names.</summary>
    /// <param name="letter">The dead letter.</param>
    /// <param name="reference">The reference of the target.</param>
    /// <returns>Who and when; null if it is not known.</returns>
    public async Task<Message?> FindAsync(DeadLetter letter, string reference)
    {
        Match named = Named.Match(letter.ErrorMessage ?? "");
        string revision = named.Success ? named.Groups["name"].Value : JobDefinitionText.Short(reference);
        lock (_lock)
            _known ??= ReadAsync();
        return (await _known).TryGetValue(revision, out Message? known) ? known : null;
    }

    // Whoever may not read the history still gets the diagnosis.
    private async Task<IReadOnlyDictionary<string, Message>> ReadAsync()
    {
        Dictionary<string, Message> known = new(StringComparer.Ordinal);
        try
        {
            int read = 0;
            await foreach (JsonObject happened in trail.LookupAsync("DeregisterJobDefinition", ended))
            {
                if (happened["errorCode"] is null && (happened["requestParameters"] as JsonObject)?.String("jobDefinition") is { } definition && JobDefinitionText.Short(definition) is { } revision && !known.ContainsKey(revision))
                    known.Add(revision, DeadLetterMessages.Deregistered(revision, Who(happened), happened.String("eventTime") ?? ""));
                if (++read >= MaxEvents)
                    break;
            }
        }
        catch (OpsException)
        {
            ended.ThrowIfCancellationRequested();
        }

        return known;
    }

    /// <summary>https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html.</summary>
    private static string Who(JsonObject happened)
    {
        JsonObject identity = happened["userIdentity"] as JsonObject ?? [];
        return identity.String("invokedBy") is { } service ? service : identity.String("arn") ?? identity.String("principalId") ?? "?";
    }
}
