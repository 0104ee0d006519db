using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Projects.Granting;

/// <summary>Attaches the least policy for deployments to a role or user, as customer managed policies that belong to the project and environment.</summary>
/// <param name="policies">IAM.</param>
/// <param name="caller">Whose credentials are used.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
public sealed class PolicyGranter(IPolicyApi policies, IIdentityApi caller, ItemRetry retry, TimeProvider time)
{
    /// <summary>The names of roles and policies of stacks begin with the name of the stack: with a path, none of them is a policy of a deploying identity, which could else extend it.</summary>
    private const string Path = "/ebops/";

    // IAM shows what was written after a while: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency.
    private const int Readings = 15;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Attaches the policies. Run again, it changes nothing.</summary>
    /// <param name="request">The project, the environment, and the role or user.</param>
    /// <param name="approve">Asks whether to write; once for each policy.</param>
    /// <param name="observer">Receives warnings.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OpsException">
    /// <see cref="ErrorIds.InvalidProject"/>; <see cref="ErrorIds.InvalidArgument"/>: not a role or user, or of another account; <see cref="ErrorIds.ResourceNotFound"/>: it does not exist;
    /// <see cref="ErrorIds.NotVerified"/>: IAM does not show what was written.
    /// </exception>
    public async IAsyncEnumerable<GrantedPolicy> GrantAsync(GrantRequest request, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (Project project, ProjectEnvironment environment) = request.Read(request.Path ?? ".");
        ProjectTemplate template = ProjectTemplates.Build(project, environment);
        DeploymentPolicy policy = DeploymentPolicy.Of(template, environment, project.Settings!);
        if (policy.Warning is { } warning)
            observer.Warning(warning);
        IamIdentity identity = await FindAsync(request.Apply ?? "", environment, cancellationToken);
        IReadOnlyList<JsonObject> parts = PolicySplit.Of(policy.Policy);
        Arn start = Arn.Global("iam", environment.Region, environment.AccountId, $"policy{Path}{template.StackName}-deploy");
        string description = observer.Text(GrantMessages.Description(project.Settings!.Name, environment.Name));
        IReadOnlyList<string> attached = await Try(() => policies.ListAttachedAsync(identity, cancellationToken), cancellationToken);
        for (int number = 1; number <= parts.Count; number++)
        {
            if (await GrantAsync(identity, ArnOf(start, number), parts[number - 1], attached, description, approve, observer, cancellationToken) is { } granted)
                yield return granted;
        }

        for (int number = parts.Count + 1; attached.Contains(ArnOf(start, number)); number++)
        {
            if (await RemoveAsync(identity, ArnOf(start, number), approve, observer, cancellationToken) is { } removed)
                yield return removed;
        }
    }

    private static string ArnOf(Arn start, int number) => number == 1 ? start.ToString() : string.Format(CultureInfo.InvariantCulture, "{0}-{1}", start, number);

    private static string NameOf(string arn) => arn.Substring(arn.LastIndexOf('/') + 1);

    private async Task<GrantedPolicy?> GrantAsync(IamIdentity identity, string arn, JsonObject document, IReadOnlyList<string> attached, string description, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        ManagedPolicy? found = await Try(() => policies.FindPolicyAsync(arn, cancellationToken), cancellationToken);
        bool isSame = found is not null && IsSame(found, document);
        GrantedPolicy policy = new() { PolicyName = NameOf(arn), Arn = arn, Identity = identity.Arn, Version = found?.Version, Status = GrantStatus.Unchanged };
        if (isSame && attached.Contains(arn))
            return policy;
        string? oldest = found is null || isSame ? null : Oldest(await Try(() => policies.ListVersionsAsync(arn, cancellationToken), cancellationToken), found.Version);
        (GrantStatus done, GrantStatus would, Message action) = found is null ? (GrantStatus.Created, GrantStatus.WouldCreate, GrantMessages.Create(identity))
            : isSame ? (GrantStatus.Attached, GrantStatus.WouldAttach, GrantMessages.Attach(identity))
            : (GrantStatus.Updated, GrantStatus.WouldUpdate, GrantMessages.Update(identity, oldest));
        switch (await approve(new PlannedChange(observer.Text(GrantMessages.Subject(policy.PolicyName)), action), cancellationToken))
        {
            case Approval.WhatIf:
                return policy with { Status = would };
            case Approval.Declined:
                return null;
        }

        await Try(() => WriteAsync(identity, arn, document, description, cancellationToken), cancellationToken);
        return policy with { Status = done, Version = await ReadBackAsync(identity, arn, document, cancellationToken) };
    }

    /// <summary>Writes what is not there yet, so that it can be run again after a call of which it is not known whether it arrived.</summary>
    private async Task<bool> WriteAsync(IamIdentity identity, string arn, JsonObject document, string description, CancellationToken cancellationToken)
    {
        ManagedPolicy? found = await policies.FindPolicyAsync(arn, cancellationToken);
        if (found is null)
        {
            await policies.CreatePolicyAsync(Path, NameOf(arn), document, description, cancellationToken);
        }
        else if (!IsSame(found, document))
        {
            if (Oldest(await policies.ListVersionsAsync(arn, cancellationToken), found.Version) is { } oldest)
                await policies.DeleteVersionAsync(arn, oldest, cancellationToken);
            await policies.CreateVersionAsync(arn, document, cancellationToken);
        }

        await policies.AttachAsync(identity, arn, cancellationToken);
        return true;
    }

    private async Task<string> ReadBackAsync(IamIdentity identity, string arn, JsonObject document, CancellationToken cancellationToken)
    {
        for (int reading = 1; ; reading++)
        {
            ManagedPolicy? found = await Try(() => policies.FindPolicyAsync(arn, cancellationToken), cancellationToken);
            if (found is not null && IsSame(found, document) && (await Try(() => policies.ListAttachedAsync(identity, cancellationToken), cancellationToken)).Contains(arn))
                return found.Version;
            if (reading == Readings)
                throw new OpsException(ErrorIds.NotVerified, GrantMessages.NotReadBack(NameOf(arn), identity.Arn));
            await time.Delay(Pause, cancellationToken);
        }
    }

    private async Task<GrantedPolicy?> RemoveAsync(IamIdentity identity, string arn, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        GrantedPolicy policy = new() { PolicyName = NameOf(arn), Arn = arn, Identity = identity.Arn, Status = GrantStatus.Removed };
        switch (await approve(new PlannedChange(observer.Text(GrantMessages.Subject(policy.PolicyName)), GrantMessages.Remove(identity)), cancellationToken))
        {
            case Approval.WhatIf:
                return policy with { Status = GrantStatus.WouldRemove };
            case Approval.Declined:
                return null;
        }

        await Try(
            async () =>
            {
                if ((await policies.ListAttachedAsync(identity, cancellationToken)).Contains(arn))
                    await policies.DetachAsync(identity, arn, cancellationToken);
                if (await policies.FindPolicyAsync(arn, cancellationToken) is not { Attachments: 0 } unused)
                    return true;
                foreach (string version in (await policies.ListVersionsAsync(arn, cancellationToken)).Where(version => version != unused.Version))
                    await policies.DeleteVersionAsync(arn, version, cancellationToken);
                await policies.DeletePolicyAsync(arn, cancellationToken);
                return true;
            },
            cancellationToken);
        return policy;
    }

    private static bool IsSame(ManagedPolicy found, JsonObject document)
    {
        try
        {
            return JsonNode.DeepEquals(Document.Parse(found.Document), document);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The version that has to be deleted before another one is created; null if there is room. The default version is never deleted.</summary>
    private static string? Oldest(IReadOnlyList<string> versions, string current) => versions.Count < ProjectLimits.VersionsPerPolicy ? null
        : versions.Where(version => version != current).OrderBy(version => int.TryParse(version.TrimStart('v'), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0).FirstOrDefault();

    /// <summary>The role or user that was named.</summary>
    private async Task<IamIdentity> FindAsync(string given, ProjectEnvironment environment, CancellationToken cancellationToken)
    {
        CallerIdentity own = await Try(() => caller.GetCallerIdentityAsync(cancellationToken), cancellationToken);
        if (own.AccountId != environment.AccountId)
            throw new OpsException(ErrorIds.InvalidArgument, GrantMessages.OtherAccount(own.Arn, own.AccountId, environment.Name, environment.AccountId));
        string resource = given;
        bool isArn = Arn.TryParse(given, out Arn? arn);
        if (isArn)
        {
            if (arn!.AccountId != environment.AccountId)
                throw new OpsException(ErrorIds.InvalidArgument, GrantMessages.ForeignIdentity(given, environment.Name, environment.AccountId));
            // A session of a role: what it may do is what its role may do.
            isArn = arn.Service == "iam";
            resource = arn.AssumedRole?.Resource ?? (isArn ? arn.Resource : "");
        }

        int slash = resource.IndexOf('/');
        string name = resource.Substring(resource.LastIndexOf('/') + 1);
        IamIdentityKind[] kinds = slash < 0 && arn is null ? [IamIdentityKind.Role, IamIdentityKind.User]
            : slash < 0 ? []
            : resource.Substring(0, slash) switch { "role" => [IamIdentityKind.Role], "user" => [IamIdentityKind.User], _ => [] };
        if (kinds.Length == 0 || name.Length == 0)
            throw new OpsException(ErrorIds.InvalidArgument, GrantMessages.NotAnIdentity(given));
        List<IamIdentity> found = [];
        foreach (IamIdentityKind kind in kinds)
        {
            if (await Try(() => policies.FindIdentityAsync(kind, name, cancellationToken), cancellationToken) is { } identity)
                found.Add(identity);
        }

        return found.Count switch
        {
            0 => throw new OpsException(ErrorIds.ResourceNotFound, kinds.Length == 1 ? GrantMessages.NoSuch(kinds[0], name, environment.AccountId) : GrantMessages.NoIdentity(name, environment.AccountId)),
            1 when isArn && found[0].Arn != given => throw new OpsException(ErrorIds.ResourceNotFound, GrantMessages.OtherIdentity(given, found[0].Arn)),
            1 => found[0],
            _ => throw new OpsException(ErrorIds.InvalidArgument, GrantMessages.Ambiguous(name)),
        };
    }

    private Task<T> Try<T>(Func<Task<T>> call, CancellationToken cancellationToken) => retry.RunAsync(call, cancellationToken);
}
