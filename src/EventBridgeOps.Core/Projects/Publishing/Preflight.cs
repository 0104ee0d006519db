using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Roles;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Checks before a deployment what would let it fail: the disk, the account, the Region, names that are taken, quotas, permissions, and the roles of Batch targets.</summary>
/// <param name="ports">The services.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="results">Makes the results.</param>
internal sealed class Preflight(PublishPorts ports, ItemRetry retry, CheckResults results)
{
    /// <summary>Templates and logs need little, but a full disk would tear the log.</summary>
    private const long LeastBytes = 50L * 1024 * 1024;

    /// <summary>Checks.</summary>
    /// <param name="place">The project and the environment.</param>
    /// <param name="caller">Who deploys.</param>
    /// <param name="isNew">Whether the stack is created.</param>
    /// <param name="replaced">The resources of a stack that is deleted before, whose names are free then.</param>
    /// <param name="makesBucket">Whether a stack with a bucket for templates may be created too.</param>
    /// <param name="policy">The policy that the deployment needs.</param>
    /// <param name="hasTest">Whether the live test follows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<CheckResult> RunAsync(ProjectPlace place, CallerIdentity caller, bool isNew, IReadOnlyList<StackResource> replaced, bool makesBucket, JsonObject policy, bool hasTest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return results.Ok(0, PublishMessages.Tools(), PublishMessages.NoOtherTools(RuntimeInformation.FrameworkDescription));
        yield return Disk(place.Project.Folder.Root);
        yield return results.Ok(0, PublishMessages.Credentials(), Message.Verbatim(caller.Arn));
        Message region = PublishMessages.Region(place.Environment.Region);
        CheckResult answered = await results.GuardAsync(0, region, PublishMessages.ChooseRegion(), async () =>
        {
            int buses = (await retry.RunAsync(() => ports.Rules.ListEventBusesAsync(null, cancellationToken).ToListAsync(cancellationToken), cancellationToken)).Count;
            return results.Ok(0, region, PublishMessages.EventBuses(buses));
        }, cancellationToken);
        // A refusal may be for this action or for the Region as a whole.
        yield return answered.ErrorId == ErrorIds.AccessDenied ? results.Skip(0, region, PublishMessages.UnknownBecause(answered.Result)) : answered;
        if (isNew)
        {
            foreach ((string kind, string name) in PhysicalNames.Of(place.Template.Root, place.Environment, place.Settings).Where(named => !replaced.Any(resource => resource.Kind == named.Kind && StackResource.IsNamed(resource.PhysicalId!, named.Name))))
                yield return await TakenAsync(place, kind, name, cancellationToken);
        }

        await foreach (CheckResult quota in new QuotaCheck(ports, retry, results).RunAsync(place, isNew, makesBucket, cancellationToken))
            yield return quota;
        yield return await PermissionsAsync(caller, [.. DeploymentPolicy.Required(policy, hasTest)], cancellationToken);
        RoleCheck roles = new(new RoleJudge(ports.Roles, retry), results);
        foreach ((string rule, RoleUse use) in BatchRoles(place))
            yield return await roles.RunAsync(0, PublishMessages.Role(rule, use.Role), use, cancellationToken);
    }

    private CheckResult Disk(string folder)
    {
        try
        {
            // On Unix, the root of a path says nothing about where it is mounted.
            long free = new DriveInfo(Path.DirectorySeparatorChar == '/' ? folder : Path.GetPathRoot(folder)!).AvailableFreeSpace;
            return free >= LeastBytes ? results.Ok(0, PublishMessages.Disk(), PublishMessages.Free(free / 1024 / 1024)) : results.Fail(0, PublishMessages.Disk(), PublishMessages.Free(free / 1024 / 1024), PublishMessages.FreeSome(LeastBytes / 1024 / 1024));
        }
        catch (Exception e) when (InputFile.IsFault(e) || e is ArgumentException)
        {
            return results.Skip(0, PublishMessages.Disk(), PublishMessages.UnknownBecause(e.Message));
        }
    }

    private async Task<CheckResult> TakenAsync(ProjectPlace place, string kind, string name, CancellationToken cancellationToken)
    {
        Message check = PublishMessages.Name(kind, name);
        string asked = kind switch
        {
            "AWS::SQS::Queue" => Arn.In("sqs", place.Environment.Region, place.Environment.AccountId, name).ToString(),
            "AWS::SNS::Topic" => Arn.In("sns", place.Environment.Region, place.Environment.AccountId, name).ToString(),
            _ => name,
        };
        return await results.GuardAsync(0, check, PublishMessages.GrantRead(kind), async () =>
            await retry.RunAsync(() => ports.Deployed.ExistsAsync(kind, asked, cancellationToken), cancellationToken) switch
            {
                true => results.Fail(0, check, PublishMessages.Taken(), PublishMessages.Rename(name)),
                false => results.Ok(0, check, PublishMessages.NotTaken()),
                null => results.Skip(0, check, PublishMessages.NameNotChecked()),
            }, cancellationToken);
    }

    private async Task<CheckResult> PermissionsAsync(CallerIdentity caller, IReadOnlyList<JsonObject> statements, CancellationToken cancellationToken)
    {
        Message check = PublishMessages.Permissions();
        if (PermissionSimulation.Principal(caller.Arn) is not { } principal)
            return results.Skip(0, check, PublishMessages.NotSimulated(caller.Arn));
        try
        {
            IReadOnlyList<string> denied = await new PermissionSimulation(ports.Deployed, retry).DeniedAsync(principal, statements, _ => true, cancellationToken);
            return denied.Count == 0 ? results.Ok(0, check, PublishMessages.Allowed(statements.Sum(statement => PermissionSimulation.Texts(statement["Action"]).Count)))
                : denied.All(RegistryCheck.IsOfRegistry) ? results.Skip(0, check, PublishMessages.DeniedSchemas(denied))
                : results.Fail(0, check, PublishMessages.Denied(denied), PublishMessages.GrantPolicy());
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return results.Skip(0, check, PublishMessages.UnknownBecause(e.Message));
        }
    }

    /// <summary>The roles by which rules submit jobs, without those of the stack, which do not exist yet.</summary>
    private static IEnumerable<(string Rule, RoleUse Use)> BatchRoles(ProjectPlace place) =>
        from resource in ProjectStacks.DeclaredBy(place.Template)
        where resource.Value.String("Type") == RuleParts.Kind
        let properties = resource.Value["Properties"] as JsonObject
        from target in (properties?["Targets"] as JsonArray ?? []).OfType<JsonObject>()
        where target["BatchParameters"] is JsonObject
        let role = place.Resolved(target["RoleArn"])
        where role is not null
        // A rule without a name gets that of the stack, a hyphen, and its logical ID with more behind it.
        let name = place.Resolved(properties!["Name"]) ?? $"{place.Template.StackName}-{resource.Key}-"
        let bus = properties!["EventBusName"] is { } given ? place.Resolved(given) : BusName.Default
        let rule = Arn.In("events", place.Environment.Region, place.Environment.AccountId, BusName.RuleResource(BusName.Of(bus), name))
        select (name, RoleUse.OfBatch(role, rule, place.Resolved(target["Arn"]), place.Resolved(target["BatchParameters"]!["JobDefinition"])));
}
