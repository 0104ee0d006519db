using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Runs;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Routes;

/// <summary>Looks up the job definitions of the Batch targets of a run.</summary>
internal abstract class TargetRevisions : IAsyncDisposable
{
    /// <summary>What AWS Batch says of a job definition.</summary>
    /// <param name="jobDefinition">The reference as written.</param>
    /// <param name="rule">The ARN of the rule, as far as it is known.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    public abstract Task<RevisionAnswer> FindAsync(string jobDefinition, Arn? rule, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>What is known of a job definition.</summary>
/// <param name="Verdict">Its state; null when it was not looked up.</param>
/// <param name="Reason">The reason for the state, or why it was not looked up, as a clause; null when there is nothing to say.</param>
internal sealed record RevisionAnswer(RevisionVerdict? Verdict, Message? Reason);

/// <summary>For the rules of an account: its job definitions.</summary>
internal sealed class AccountRevisions(IBatchApi batch, string region, ItemRetry retry) : TargetRevisions
{
    private readonly JobDefinitionCatalog _catalog = new(batch);

    public override async Task<RevisionAnswer> FindAsync(string jobDefinition, Arn? rule, CancellationToken cancellationToken)
    {
        RevisionVerdict verdict = await new RevisionJudge(_catalog, region, retry).JudgeAsync(jobDefinition, rule?.AccountId, cancellationToken);
        return new RevisionAnswer(verdict, verdict.Reason);
    }

    public override ValueTask DisposeAsync() => _catalog.DisposeAsync();
}

/// <summary>For rules from elsewhere: the job definitions of the account that there are credentials for. Without credentials, nothing fails, since the rules need no account.</summary>
/// <param name="open">Opens the account in a Region, or in the default Region for null; the first Batch target asks for it. Null: nothing is looked up.</param>
internal sealed class GivenRevisions(Func<string?, Task<BatchAccount>>? open) : TargetRevisions
{
    private readonly Dictionary<(string, string?, string?), RevisionAnswer> _answers = [];
    private readonly Dictionary<string, Task<Place>> _places = new(StringComparer.Ordinal);

    public override async Task<RevisionAnswer> FindAsync(string jobDefinition, Arn? rule, CancellationToken cancellationToken)
    {
        string? owner = Known(rule?.AccountId);
        string? region = Known(rule?.Region);
        if (!_answers.TryGetValue((jobDefinition, owner, region), out RevisionAnswer? answer))
            _answers.Add((jobDefinition, owner, region), answer = await LookUpAsync(jobDefinition, owner, region, cancellationToken));
        return answer;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (Task<Place> place in _places.Values.Where(place => place.Status == TaskStatus.RanToCompletion))
            await (await place).Catalog.DisposeAsync();
    }

    private async Task<RevisionAnswer> LookUpAsync(string jobDefinition, string? owner, string? region, CancellationToken cancellationToken)
    {
        if (!JobDefinitionReference.TryParse(jobDefinition, out JobDefinitionReference? reference, out Message? fault))
            return new RevisionAnswer(null, TargetMessages.NotAReference(jobDefinition, fault));
        if (open is null)
            return new RevisionAnswer(null, RouteMessages.NotLookedUp());
        owner = reference.AccountId ?? owner;
        try
        {
            Place place = await PlaceAsync(reference.Region ?? region, cancellationToken);
            if (owner is not null && owner != place.AccountId)
                return new RevisionAnswer(null, RouteMessages.NotLookedUpElsewhere(owner, place.AccountId));
            RevisionVerdict verdict = await new RevisionJudge(place.Catalog, place.Account.Region, place.Account.Retry).JudgeAsync(jobDefinition, owner, cancellationToken);
            if (verdict.Fault is not null)
                return new RevisionAnswer(null, RouteMessages.LookupFailed(verdict.Fault));
            return new RevisionAnswer(verdict, owner is null && verdict.Reason is not null ? RouteMessages.InAccount(verdict.Reason, place.AccountId) : verdict.Reason);
        }
        catch (OpsException e)
        {
            return new RevisionAnswer(null, e.ErrorId is ErrorIds.NoCredentials or ErrorIds.NoRegion ? RouteMessages.NotLookedUpWithoutCredentials() : RouteMessages.LookupFailed(e));
        }
    }

    /// <summary>The account in a Region. What went wrong once is not tried again.</summary>
    private Task<Place> PlaceAsync(string? region, CancellationToken cancellationToken)
    {
        if (!_places.TryGetValue(region ?? "", out Task<Place>? place))
            _places.Add(region ?? "", place = OpenAsync(region, cancellationToken));
        return place;
    }

    private async Task<Place> OpenAsync(string? region, CancellationToken cancellationToken)
    {
        BatchAccount account = await open!(region);
        CallerIdentity caller = await account.Retry.RunAsync(() => account.Identity.GetCallerIdentityAsync(cancellationToken), cancellationToken);
        return new Place(account, new JobDefinitionCatalog(account.Batch), caller.AccountId);
    }

    // A rule that is not deployed yet has an ARN with symbols in it.
    private static string? Known(string? part) => string.IsNullOrEmpty(part) || part!.Contains("${") ? null : part;

    private sealed record Place(BatchAccount Account, JobDefinitionCatalog Catalog, string AccountId);
}
