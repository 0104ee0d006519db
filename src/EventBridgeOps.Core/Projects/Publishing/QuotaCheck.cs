using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Checks;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Checks whether the quotas of the account have room for a stack. What cannot be asked is unknown. Limits of a template alone are checked by <c>project test</c>.</summary>
/// <param name="ports">The services.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="results">Makes the results.</param>
internal sealed class QuotaCheck(PublishPorts ports, ItemRetry retry, CheckResults results)
{
    /// <summary>Checks.</summary>
    /// <param name="place">The project and the environment.</param>
    /// <param name="isNew">Whether the stack does not exist yet.</param>
    /// <param name="makesBucket">Whether a stack with a bucket for templates may be created too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<CheckResult> RunAsync(ProjectPlace place, bool isNew, bool makesBucket, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonObject[] resources = [.. ProjectStacks.DeclaredBy(place.Template).Select(resource => resource.Value)];
        int Count(string kind) => resources.Count(resource => resource.String("Type") == kind);
        if (isNew && Count(BusParts.BusKind) is > 0 and int buses)
        {
            yield return await OfServiceAsync(PublishMessages.BusQuota(), ProjectLimits.EventBuses, async () =>
                // The default event bus, which each account has, is not one that was created.
                (await ports.Rules.ListEventBusesAsync(null, cancellationToken).ToListAsync(cancellationToken)).Count(bus => bus.String("Name") != BusName.Default) + buses, cancellationToken);
        }

        foreach (IGrouping<string, string?> bus in Rules(place, resources))
            yield return await OfServiceAsync(PublishMessages.RuleQuota(bus.Key), ProjectLimits.Rules, async () => Together(await RulesAsync(bus.Key, cancellationToken), bus, isNew), cancellationToken);
        if (isNew && Count(SchemaParts.RegistryKind) is > 0 and int registries)
            yield return await OfServiceAsync(PublishMessages.RegistryQuota(), ProjectLimits.Registries, async () => (await ports.Quotas.ListRegistriesAsync(cancellationToken)).Count + registries, cancellationToken);
        foreach (IGrouping<string, string?> registry in Schemas(place, resources))
            yield return await OfServiceAsync(PublishMessages.SchemaQuota(registry.Key), ProjectLimits.Schemas, async () => Together(await ports.Quotas.ListSchemasAsync(registry.Key, cancellationToken), registry, isNew), cancellationToken);
        if (!isNew)
            yield break;

        int stacks = 1 + Count("AWS::CloudFormation::Stack") + (makesBucket ? 1 : 0);
        yield return await OrUnknownAsync(PublishMessages.StackQuota(), null, async () => Judge(PublishMessages.StackQuota(), await ports.Quotas.ReadStacksAsync(cancellationToken), stacks, PublishMessages.MoreStacks()), cancellationToken);
        int roles = Count("AWS::IAM::Role"), policies = Count("AWS::IAM::ManagedPolicy");
        (QuotaUse Roles, QuotaUse Policies)? found = null;
        yield return await OrUnknownAsync(PublishMessages.IdentityQuota(), null, async () =>
        {
            (QuotaUse Roles, QuotaUse Policies) read = await ports.Quotas.ReadIdentitiesAsync(cancellationToken);
            found = read;
            return Judge(PublishMessages.RoleQuota(), read.Roles, roles, PublishMessages.MoreRoles());
        }, cancellationToken);
        if (found is { } identities)
            yield return Judge(PublishMessages.PolicyQuota(), identities.Policies, policies, PublishMessages.MorePolicies());
    }

    /// <summary>The rules by their event buses; null stands for a rule whose name CloudFormation chooses.</summary>
    private static IEnumerable<IGrouping<string, string?>> Rules(ProjectPlace place, JsonObject[] resources) =>
        from resource in resources
        where resource.String("Type") == RuleParts.Kind
        let properties = resource["Properties"] as JsonObject
        let bus = properties?["EventBusName"]
        let name = bus is null ? BusName.Default : place.Resolved(bus)
        where name is not null
        group place.Resolved(properties?["Name"]) by BusName.Of(name);

    /// <summary>The schemas by their registries. One whose registry is not written as a name is in that of the project.</summary>
    private static IEnumerable<IGrouping<string, string?>> Schemas(ProjectPlace place, JsonObject[] resources)
    {
        string? own = resources.Where(resource => resource.String("Type") == SchemaParts.RegistryKind).Select(resource => place.Resolved(resource["Properties"]?["RegistryName"])).FirstOrDefault();
        return from resource in resources
               where resource.String("Type") == SchemaParts.SchemaKind
               let registry = place.Resolved(resource["Properties"]?["RegistryName"]) ?? own
               where registry is not null
               group place.Resolved(resource["Properties"]?["SchemaName"]) by registry;
    }

    /// <summary>How many there will be for a while: CloudFormation creates what is new before it deletes what is old.</summary>
    private static int Together(IReadOnlyCollection<string> existing, IEnumerable<string?> declared, bool isNew)
    {
        HashSet<string> names = new(existing, StringComparer.Ordinal);
        names.UnionWith(declared.OfType<string>());
        return names.Count + (isNew ? declared.Count(name => name is null) : 0);
    }

    private async Task<IReadOnlyCollection<string>> RulesAsync(string bus, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await ports.Rules.ListRulesAsync(bus, null, cancellationToken).ToListAsync(cancellationToken)).Select(rule => rule.String("Name") ?? "")];
        }
        catch (ServiceCallException e) when (e.ErrorId == ErrorIds.EventBusNotFound)
        {
            return [];
        }
    }

    /// <summary>A quota whose value Service Quotas knows.</summary>
    private Task<CheckResult> OfServiceAsync(Message check, AccountQuota quota, Func<Task<int>> count, CancellationToken cancellationToken)
    {
        double? needed = null;
        return OrUnknownAsync(check, () => needed is { } known ? PublishMessages.QuotaUnknown(known, quota.Default) : null, async () =>
        {
            needed = await count();
            double most = await ports.Quotas.ReadAsync(quota.Service, quota.Code, cancellationToken);
            return Judge(check, new QuotaUse(0, most), needed.Value, PublishMessages.RaiseQuota(quota.Name, quota.Code, quota.Service));
        }, cancellationToken);
    }

    private CheckResult Judge(Message check, QuotaUse quota, double more, Message advice) => quota.Used + more <= quota.Most
        ? results.Ok(0, check, PublishMessages.WithinQuota(quota.Used + more, quota.Most))
        : results.Fail(0, check, PublishMessages.BeyondQuota(quota.Used + more, quota.Most), advice);

    private async Task<CheckResult> OrUnknownAsync(Message check, Func<Message?>? known, Func<Task<CheckResult>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await retry.RunAsync(run, cancellationToken);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Message reason = PublishMessages.UnknownBecause(e.Message);
            return results.Skip(0, check, known?.Invoke() is { } more ? Message.Join(" ", [reason, more]) : reason);
        }
    }
}
