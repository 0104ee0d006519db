using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Checks before a deployment what would let it fail: the disk, the account, the Region, names that are taken, permissions, and the roles of targets.</summary>
/// <param name="ports">The services.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="results">Makes the results.</param>
internal sealed class Preflight(PublishPorts ports, ItemRetry retry, CheckResults results)
{
    /// <summary>Templates and logs need little, but a full disk would tear the log.</summary>
    private const long LeastBytes = 50L * 1024 * 1024;

    /// <summary>Checks.</summary>
    /// <param name="place">The project and the environment.</param>
    /// <param name="isNew">Whether the stack is created.</param>
    /// <param name="replaced">The resources of a stack that is deleted before, whose names are free then.</param>
    /// <param name="policy">The policy that the deployment needs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<CheckResult> RunAsync(ProjectPlace place, bool isNew, IReadOnlyList<StackResource> replaced, JsonObject policy, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Disk(place.Project.Folder.Root);
        CallerIdentity? caller = null;
        yield return await results.GuardAsync(0, PublishMessages.Credentials(), PublishMessages.SignIn(), async () =>
        {
            caller = await retry.RunAsync(() => ports.Identity.GetCallerIdentityAsync(cancellationToken), cancellationToken);
            return caller.AccountId == place.Environment.AccountId
                ? results.Ok(0, PublishMessages.Credentials(), Message.Verbatim(caller.Arn))
                : results.Fail(0, PublishMessages.Credentials(), PublishMessages.OtherAccount(caller.Arn, caller.AccountId, place.Environment.Name, place.Environment.AccountId), PublishMessages.UseOtherCredentials(place.Environment.Name));
        }, cancellationToken);
        if (caller is null || caller.AccountId != place.Environment.AccountId)
            yield break;

        Message region = PublishMessages.Region(place.Environment.Region);
        yield return await results.GuardAsync(0, region, PublishMessages.ChooseRegion(), async () =>
        {
            int buses = (await retry.RunAsync(() => ports.Rules.ListEventBusesAsync(null, cancellationToken).ToListAsync(cancellationToken), cancellationToken)).Count;
            return results.Ok(0, region, PublishMessages.EventBuses(buses));
        }, cancellationToken);
        if (isNew)
        {
            foreach ((string kind, string name) in PhysicalNames.Of(place.Template.Root, place.Environment, place.Settings).Where(named => !replaced.Any(resource => resource.Kind == named.Kind && IsNamed(resource.PhysicalId!, named.Name))))
                yield return await TakenAsync(place, kind, name, cancellationToken);
        }

        yield return await PermissionsAsync(caller, policy, cancellationToken);
        foreach ((string rule, string role) in BatchRoles(place.Template.Root))
            yield return await RoleAsync(rule, role, cancellationToken);
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

    /// <summary>Whether a name, URL or ARN is that of a name.</summary>
    private static bool IsNamed(string physicalId, string name) => physicalId == name || physicalId.EndsWith("/" + name, StringComparison.Ordinal);

    private async Task<CheckResult> TakenAsync(ProjectPlace place, string kind, string name, CancellationToken cancellationToken)
    {
        Message check = PublishMessages.Name(kind, name);
        string asked = kind == "AWS::SQS::Queue" ? Arn.In("sqs", place.Environment.Region, place.Environment.AccountId, name).ToString() : name;
        return await results.GuardAsync(0, check, PublishMessages.GrantRead(kind), async () =>
            await retry.RunAsync(() => ports.Deployed.ExistsAsync(kind, asked, cancellationToken), cancellationToken) switch
            {
                true => results.Fail(0, check, PublishMessages.Taken(), PublishMessages.Rename(name)),
                false => results.Ok(0, check, PublishMessages.NotTaken()),
                null => results.Skip(0, check, PublishMessages.NameNotChecked()),
            }, cancellationToken);
    }

    private async Task<CheckResult> PermissionsAsync(CallerIdentity caller, JsonObject policy, CancellationToken cancellationToken)
    {
        Message check = PublishMessages.Permissions();
        if (Principal(caller.Arn) is not { } principal)
            return results.Skip(0, check, PublishMessages.NotSimulated(caller.Arn));
        try
        {
            List<string> denied = [];
            int count = 0;
            foreach (JsonObject statement in policy["Statement"]!.AsArray().OfType<JsonObject>())
            {
                IReadOnlyList<string> actions = Texts(statement["Action"]);
                count += actions.Count;
                denied.AddRange(await retry.RunAsync(() => ports.Deployed.DeniedAsync(principal, actions, Texts(statement["Resource"]), cancellationToken), cancellationToken));
            }

            return denied.Count == 0 ? results.Ok(0, check, PublishMessages.Allowed(count)) : results.Fail(0, check, PublishMessages.Denied(denied), PublishMessages.GrantPolicy());
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return results.Skip(0, check, PublishMessages.UnknownBecause(e.Message));
        }
    }

    private static IReadOnlyList<string> Texts(JsonNode? node) => node is JsonArray texts ? [.. texts.Select(text => Document.Text(text)!)] : [Document.Text(node)!];

    /// <summary>The identity that IAM simulates: of a session, its role. The root user may do everything, and a role with a path is not visible in its session.</summary>
    private static string? Principal(string caller)
    {
        if (!Arn.TryParse(caller, out Arn? arn))
            return null;
        if (arn.Service == "iam")
            return arn.Resource.StartsWith("user/", StringComparison.Ordinal) ? caller : null;
        string[] parts = arn.Resource.Split('/');
        return parts.Length == 3 && parts[0] == "assumed-role" ? (arn with { Service = "iam", Region = "", Resource = $"role/{parts[1]}" }).ToString() : null;
    }

    /// <summary>The roles outside the template by which rules submit jobs.</summary>
    private static IEnumerable<(string Rule, string Role)> BatchRoles(JsonObject template) =>
        from each in template["Resources"] as JsonObject ?? []
        where each.Value is JsonObject rule && rule.String("Type") == "AWS::Events::Rule"
        from target in (each.Value!["Properties"]?["Targets"] as JsonArray ?? []).OfType<JsonObject>()
        where target["BatchParameters"] is not null && target.String("RoleArn") is not null
        select (each.Key, target.String("RoleArn")!);

    private async Task<CheckResult> RoleAsync(string rule, string role, CancellationToken cancellationToken)
    {
        Message check = PublishMessages.Role(rule, role);
        return await results.GuardAsync(0, check, PublishMessages.GrantReadRole(), async () =>
        {
            string name = role.Substring(role.LastIndexOf('/') + 1);
            string trust = await retry.RunAsync(() => ports.Roles.GetTrustPolicyAsync(name, cancellationToken), cancellationToken);
            if (!trust.Contains("\"events.amazonaws.com\""))
                return results.Fail(0, check, PublishMessages.NotTrusted(), PublishMessages.TrustEvents());
            bool may = (await retry.RunAsync(() => ports.Roles.SimulateAsync(role, "batch:SubmitJob", ["*"], cancellationToken), cancellationToken)).All(each => each.IsAllowed);
            // A role that may only use some job definitions is not allowed on all resources.
            return may ? results.Ok(0, check, PublishMessages.MaySubmit()) : results.Skip(0, check, PublishMessages.MaySubmitSome());
        }, cancellationToken);
    }
}
