using Amazon;
using EventBridgeOps.Aws.Completion;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Completion;
using EventBridgeOps.Jobs;

namespace EventBridgeOps.Aws;

/// <summary>Completes names at a prompt: quickly, and silently if it cannot.</summary>
/// <param name="cache">The cache of names.</param>
public sealed class NameSuggester(SuggestionCache cache)
{
    /// <summary>Suggests the names that match the text typed so far. Never throws.</summary>
    /// <param name="question">Which names.</param>
    /// <param name="session">The session options of the command that is being typed.</param>
    /// <param name="typed">The beginning of a name, or a name with wildcards.</param>
    /// <param name="limit">How long to wait for an account; a later answer is kept for the next time.</param>
    public async Task<Suggestions> SuggestAsync(NameQuestion question, SessionOptions session, string typed, TimeSpan limit)
    {
        try
        {
            Suggestions suggestions = question.NeedsAccount
                ? await cache.AskAsync($"{SessionKey.Of(session)}\n{question.Key}", token => AskAccountAsync(question, session, token), limit)
                : new Suggestions(await FindHereAsync(question, session));
            return suggestions.Fitting(typed);
        }
        catch (Exception)
        {
            return new Suggestions([]); // The command itself will say what is wrong.
        }
    }

    private static async Task<IReadOnlyList<Suggestion>> AskAccountAsync(NameQuestion question, SessionOptions options, CancellationToken cancellationToken)
    {
        // There is no prompt for a code, and a failed call is not retried: the user can press Tab again.
        using OpsSession session = OpsSession.Open(options with { MfaCode = null, MaxAttempts = 1 });
        return await session.Get<AccountNames>().FindAsync(question, cancellationToken);
    }

    private static async Task<IReadOnlyList<Suggestion>> FindHereAsync(NameQuestion question, SessionOptions session)
    {
        switch (question.Kind)
        {
            case NameKind.Region:
                return [.. RegionEndpoint.EnumerableAllRegions.Select(region => new Suggestion(region.SystemName, region.DisplayName)).OrderBy(region => region.Name, StringComparer.Ordinal)];
            case NameKind.Profile:
                return [.. new ProfileFiles(session).List().Select(profile => new Suggestion(profile.Name, Describe(profile))).OrderBy(profile => profile.Name, StringComparer.OrdinalIgnoreCase)];
            case NameKind.Change:
                return await ChangeNames.FindAsync(session.Host.OpenJournal(question.JournalPath), CancellationToken.None);
            case NameKind.Job when question.Store?.Path is { } path:
                using (FileMvpJobStore store = new(session.Host.FullPath(path)))
                    return await JobNames.FindAsync(store, CancellationToken.None);
            default:
                return [];
        }
    }

    private static string Describe(SharedProfile profile) => string.Join(
        ", ",
        new[] { profile.Region, profile["role_arn"], profile["sso_account_id"] is { } account ? SessionMessages.SsoAccount(account).ToString() : null }.Where(part => !string.IsNullOrEmpty(part)));
}
