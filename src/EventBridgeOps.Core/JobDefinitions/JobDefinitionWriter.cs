using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.JobDefinitions;

/// <summary>Registers new revisions: read again, journal, register, read back. A lost answer never leads to a second revision.</summary>
internal sealed class JobDefinitionWriter(IBatchApi batch, ItemRetry retry, TimeProvider time, ChangeRecorder recorder)
{
    private const int PerCall = 100;
    private const int LooksWhenUnknown = 3;

    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(3);

    /// <summary>Registers one revision. A failure is part of the outcome, unless it ends the whole run.</summary>
    /// <param name="name">The job definition's name.</param>
    /// <param name="edit">Creates the document from the latest revision; null if that is already up to date. If it throws, the item fails.</param>
    /// <param name="cancellationToken">Cancels the run; what was in flight is recorded in the journal.</param>
    public async Task<Registration> RegisterAsync(string name, Func<JobDefinitionDocument, JsonObject?> edit, CancellationToken cancellationToken)
    {
        Registration? tried = null;
        HashSet<string> stamps = new(StringComparer.Ordinal);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                // Each attempt reads again: the failed call may have taken effect, or another writer may have been faster.
                JobDefinitionDocument latest = await LatestAsync(name, cancellationToken);
                JsonObject? after = edit(latest);

                // What took effect may take a while to show, and a look costs less than a second revision.
                for (int look = 1; look < LooksWhenUnknown && MayHaveArrived(tried) && !IsOurs(latest, tried!, after, stamps); look++)
                {
                    await retry.DelayAsync(look + 1, cancellationToken);
                    latest = await LatestAsync(name, cancellationToken);
                    after = edit(latest);
                }

                if (tried is not null && IsOurs(latest, tried, after, stamps))
                    return tried with { Made = new RegisteredJobDefinition(name, latest.Arn ?? latest.Reference, latest.Revision), Error = null };
                if (after is null)
                    return new Registration(name, latest, null);
                if (attempt > ItemRetry.Attempts)
                    return tried!;
                tried = new Registration(name, latest, after);
                if (RevisionStamp.Of(after) is { } stamp)
                    stamps.Add(stamp);
                await recorder.RegisteringAsync(latest.ForJournal(), after, cancellationToken);
                return tried with { Made = await batch.RegisterJobDefinitionAsync(after, cancellationToken) };
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                tried = (tried ?? new Registration(name, null, null)) with { Error = e };
                if (tried.Sent is null || e is not ServiceCallException { MayPass: true })
                    return tried;
            }

            await retry.DelayAsync(attempt, cancellationToken);
        }
    }

    /// <summary>Verifies the registered revisions and records the outcomes in the journal, in the order of the registrations.</summary>
    /// <param name="registrations">The registrations, including failed ones.</param>
    /// <param name="changed">The places that were meant to change, as JSON pointers.</param>
    /// <param name="timeout">How long to wait until a revision is visible.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public async Task<IReadOnlyList<Registration>> VerifyAsync(IReadOnlyList<Registration> registrations, Func<Registration, IReadOnlyCollection<string>> changed, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Dictionary<string, JsonObject> shown = await ReadBackAsync([.. registrations.Where(each => each.Made is not null).Select(each => each.Made!.JobDefinitionArn)], timeout, cancellationToken);
        Registration[] outcomes = [.. registrations.Select(each => each.Made is null ? each : Compare(each, shown, changed(each)))];
        foreach (Registration outcome in outcomes.Where(outcome => outcome.Sent is not null))
            await recorder.RegisteredAsync(outcome.Name, outcome.Made is { } made ? JobDefinitionDocument.Refer(made.JobDefinitionName, made.Revision) : null, outcome.Error, cancellationToken);
        return outcomes;
    }

    private async Task<Dictionary<string, JsonObject>> ReadBackAsync(HashSet<string> wanted, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Dictionary<string, JsonObject> shown = new(StringComparer.Ordinal);
        long start = time.GetTimestamp();
        TimeSpan delay = FirstLook;
        while (wanted.Count > 0)
        {
            try
            {
                foreach (List<string> some in Chunks([.. wanted]))
                {
                    await foreach (JsonObject document in batch.DescribeJobDefinitionRevisionsAsync(some, cancellationToken))
                    {
                        if (document.String("jobDefinitionArn") is { } arn && document.String("status") == "ACTIVE" && wanted.Remove(arn))
                            shown[arn] = document;
                    }
                }
            }
            catch (ServiceCallException e) when (e.MayPass)
            {
                // It counts as not shown yet.
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                return shown;
            }

            if (wanted.Count == 0 || time.GetElapsedTime(start) + delay > timeout)
                break;
            await time.Delay(delay, cancellationToken);
            delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestLook.Ticks));
        }

        return shown;
    }

    private static Registration Compare(Registration registration, Dictionary<string, JsonObject> shown, IReadOnlyCollection<string> changed)
    {
        RegisteredJobDefinition made = registration.Made!;
        string reference = JobDefinitionDocument.Refer(made.JobDefinitionName, made.Revision);
        if (!shown.TryGetValue(made.JobDefinitionArn, out JsonObject? document) || JobDefinitionDocument.From(document) is not { } now)
            return registration with { Error = new OpsException(ErrorIds.NotVerified, JobDefinitionMessages.NotVerified(reference)) };
        List<string> differing = [.. DocumentDiff.Between(registration.Sent!, now.ForRegistration()).Select(difference => difference.Pointer)];
        if (differing.Exists(changed.Contains))
            return registration with { Error = new OpsException(ErrorIds.NotVerified, JobDefinitionMessages.OtherImage(reference, differing.Where(changed.Contains))) };

        // What Batch fills in by itself it had filled into the previous revision too, so hardly anything is left to see here.
        return registration with { Filled = [.. differing.Where(pointer => !pointer.StartsWith("/tags", StringComparison.Ordinal))] };
    }

    private async Task<JobDefinitionDocument> LatestAsync(string name, CancellationToken cancellationToken) =>
        await retry.RunAsync(() => JobDefinitionDocument.LatestAsync(batch, name, cancellationToken), cancellationToken)
            ?? throw new OpsException(ErrorIds.JobDefinitionMissing, JobDefinitionMessages.NoActiveRevision(name));

    private static bool MayHaveArrived(Registration? tried) => tried?.Error is ServiceCallException { ErrorId: not ErrorIds.Throttled, MayPass: true };

    // By the stamp where there was room for it; else by looking as it should, in a revision that is newer than the one we started from.
    private static bool IsOurs(JobDefinitionDocument latest, Registration tried, JsonObject? edited, HashSet<string> stamps) =>
        tried.Previous is { } previous && latest.Revision > previous.Revision
        && (stamps.Count > 0 ? RevisionStamp.Of(latest.Document) is { } stamp && stamps.Contains(stamp) : edited is null);

    private static IEnumerable<List<string>> Chunks(List<string> all)
    {
        for (int first = 0; first < all.Count; first += PerCall)
            yield return all.GetRange(first, Math.Min(PerCall, all.Count - first));
    }
}

/// <summary>A revision on its way.</summary>
/// <param name="Name">The job definition's name.</param>
/// <param name="Previous">The revision that it is made from; null when that could not be read.</param>
/// <param name="Sent">The document that was announced; null when nothing was.</param>
internal sealed record Registration(string Name, JobDefinitionDocument? Previous, JsonObject? Sent)
{
    /// <summary>The new revision; null if there is none or it is unknown.</summary>
    public RegisteredJobDefinition? Made { get; init; }

    /// <summary>Why it failed; null if it succeeded.</summary>
    public OpsException? Error { get; init; }

    /// <summary>Places where the new revision unintentionally differs from the document that was sent.</summary>
    public IReadOnlyList<string> Filled { get; init; } = [];
}
