using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Jobs;
using EventBridgeOps.Rules;
using EventBridgeOps.ServiceDeployments;

namespace EventBridgeOps.Completion;

/// <summary>Finds names in an account.</summary>
/// <param name="eventBridge">The account's EventBridge.</param>
/// <param name="batch">The account's Batch.</param>
/// <param name="ecr">Its registries.</param>
/// <param name="ecs">The account's Amazon ECS.</param>
/// <param name="rules">Reads its rules.</param>
/// <param name="openStore">Opens a store of jobs.</param>
/// <param name="openJournal">Opens the journal in a table.</param>
/// <param name="region">Its region.</param>
public sealed class AccountNames(IEventBridgeApi eventBridge, IBatchApi batch, IEcrApi ecr, IEcsApi ecs, RuleReader rules, Func<JobStoreChoice, IMvpJobStore> openStore, Func<string, ChangeJournal> openJournal, string region)
{
    /// <summary>The names, in an order that suits people: images, jobs and changes newest first, all else by the alphabet.</summary>
    /// <param name="question">Which names.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OpsException">The account could not be read.</exception>
    public Task<IReadOnlyList<Suggestion>> FindAsync(NameQuestion question, CancellationToken cancellationToken) => question.Kind switch
    {
        NameKind.EventBus => BusesAsync(cancellationToken),
        NameKind.Rule => RulesAsync(question, cancellationToken),
        NameKind.Target => TargetsAsync(question, cancellationToken),
        NameKind.JobDefinition => JobDefinitionsAsync(cancellationToken),
        NameKind.Repository => RepositoriesAsync(question.RegistryId, cancellationToken),
        NameKind.ImageTag when question.RepositoryName is { Length: > 0 } repository => TagsAsync(repository, question.RegistryId, cancellationToken),
        NameKind.Cluster => ClustersAsync(cancellationToken),
        NameKind.Service => ServicesAsync(question.ClusterName, cancellationToken),
        NameKind.Job when question.Store is { } choice => JobsAsync(choice, cancellationToken),
        NameKind.Change when question.JournalTable is { } table => ChangeNames.FindAsync(openJournal(table), cancellationToken),
        _ => Task.FromResult<IReadOnlyList<Suggestion>>([]),
    };

    private async Task<IReadOnlyList<Suggestion>> BusesAsync(CancellationToken cancellationToken)
    {
        List<JsonObject> buses = await eventBridge.ListEventBusesAsync(null, cancellationToken).ToListAsync(cancellationToken);
        return ByName(buses.Select(bus => new Suggestion(bus.String("Name") ?? "", bus.String("Arn") ?? "")));
    }

    private async Task<IReadOnlyList<Suggestion>> RulesAsync(NameQuestion question, CancellationToken cancellationToken)
    {
        List<RuleSummary> found = await ReadAsync(question.EventBusName, [], withTargets: false, cancellationToken);
        return ByName(found.Select(rule => new Suggestion(rule.RuleName, Describe(rule))));
    }

    private async Task<IReadOnlyList<Suggestion>> TargetsAsync(NameQuestion question, CancellationToken cancellationToken)
    {
        // It costs a call for each rule, so not without a word of which.
        if (question.EventBusName.Count == 0 && question.RuleName.Count == 0)
            return [];
        List<RuleSummary> found = await ReadAsync(question.EventBusName, question.RuleName, withTargets: true, cancellationToken);
        return ByName(found.SelectMany(rule => rule.Targets, (rule, target) => new Suggestion(target.TargetId, $"{rule.EventBusName}/{rule.RuleName} -> {target.JobDefinition ?? target.Arn}")));
    }

    private async Task<List<RuleSummary>> ReadAsync(IReadOnlyList<string> buses, IReadOnlyList<string> names, bool withTargets, CancellationToken cancellationToken)
    {
        RuleQuery query = new() { EventBusName = buses.Count > 0 ? buses : ["*"], RuleName = names.Count > 0 ? names : ["*"] };
        return await rules.ReadAsync(query, withTargets, SilentObserver.Instance, cancellationToken).ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<Suggestion>> JobDefinitionsAsync(CancellationToken cancellationToken)
    {
        List<JobDefinitionDocument> found = [];
        await foreach (DocumentPage page in batch.DescribeJobDefinitionPagesAsync("ACTIVE", cancellationToken))
            found.AddRange(page.Documents.Select(JobDefinitionDocument.From).OfType<JobDefinitionDocument>());
        return ByName(found.GroupBy(definition => definition.Name, StringComparer.Ordinal).Select(same => new Suggestion(same.Key, CompletionMessages.LatestRevision(same.Max(definition => definition.Revision)).ToString())));
    }

    private async Task<IReadOnlyList<Suggestion>> RepositoriesAsync(string? registryId, CancellationToken cancellationToken)
    {
        List<JsonObject> found = await ecr.DescribeRepositoriesAsync(region, registryId, cancellationToken).ToListAsync(cancellationToken);
        return ByName(found.Select(repository => new Suggestion(repository.String("repositoryName") ?? "", repository.String("repositoryUri") ?? "")));
    }

    private async Task<IReadOnlyList<Suggestion>> TagsAsync(string repository, string? registryId, CancellationToken cancellationToken)
    {
        List<JsonObject> images = await ecr.DescribeTaggedImagesAsync(region, registryId, repository, cancellationToken).ToListAsync(cancellationToken);
        return
        [
            .. from image in images
               let pushed = ImageScanner.PushedAt(image)
               orderby pushed descending
               from tag in image["imageTags"] as JsonArray ?? []
               select new Suggestion(tag?.ToString() ?? "", CompletionMessages.Pushed($"{pushed:yyyy-MM-dd HH:mm}", image.String("imageDigest")).ToString()),
        ];
    }

    private async Task<IReadOnlyList<Suggestion>> ClustersAsync(CancellationToken cancellationToken) =>
        ByName((await ecs.ListClustersAsync(cancellationToken).ToListAsync(cancellationToken)).Select(arn => new Suggestion(EcsText.Name(arn), arn)));

    private async Task<IReadOnlyList<Suggestion>> ServicesAsync(IReadOnlyList<string> clusters, CancellationToken cancellationToken)
    {
        IReadOnlyList<NamePattern> patterns = NamePattern.ParseAll(clusters.Select(EcsText.Name));
        IEnumerable<string> names = patterns.All(pattern => !pattern.HasWildcard) ? patterns.Select(pattern => pattern.Prefix)
            : (await ecs.ListClustersAsync(cancellationToken).ToListAsync(cancellationToken)).Select(EcsText.Name).Where(name => patterns.Any(pattern => pattern.IsMatch(name)));
        List<Suggestion> found = [];
        foreach (string cluster in names)
            found.AddRange((await ecs.ListServicesAsync(cluster, cancellationToken).ToListAsync(cancellationToken)).Select(arn => new Suggestion(EcsText.Name(arn), CompletionMessages.ServiceOf(cluster).ToString())));
        return ByName(found);
    }

    private async Task<IReadOnlyList<Suggestion>> JobsAsync(JobStoreChoice choice, CancellationToken cancellationToken)
    {
        using IMvpJobStore store = openStore(choice);
        return await JobNames.FindAsync(store, cancellationToken);
    }

    private static string Describe(RuleSummary rule) => (rule.ScheduleExpression is { } schedule
        ? CompletionMessages.ScheduledRule(rule.EventBusName, rule.State, schedule)
        : CompletionMessages.PatternRule(rule.EventBusName, rule.State)).ToString();

    private static IReadOnlyList<Suggestion> ByName(IEnumerable<Suggestion> names) =>
    [
        .. names.GroupBy(name => name.Name, StringComparer.Ordinal)
            .Select(same => same.Count() == 1 ? same.First() : new Suggestion(same.Key, CompletionMessages.SameName(same.First().Description, same.Count() - 1).ToString()))
            .OrderBy(name => name.Name, StringComparer.OrdinalIgnoreCase),
    ];
}
