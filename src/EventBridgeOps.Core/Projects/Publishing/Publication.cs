using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Projects.LiveTesting;
using EventBridgeOps.Projects.Making;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Projects.Testing;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>The steps of a publication.</summary>
/// <param name="ports">The services.</param>
/// <param name="tester">Sends the examples through a temporary event bus.</param>
/// <param name="request">Which project, where and how.</param>
/// <param name="place">The project and the environment.</param>
/// <param name="caller">Who deploys.</param>
/// <param name="deployment">Deploys stacks.</param>
/// <param name="log">The log.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
internal sealed class Publication(PublishPorts ports, LiveTester tester, PublishRequest request, ProjectPlace place, CallerIdentity caller, StackDeployment deployment, PublishLog log, ItemRetry retry, TimeProvider time)
{
    private const string ChangeSetPrefix = "ebops-";

    private ProjectPlace _place = place;

    private ProjectTemplate Template => _place.Template;

    public Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        ProjectTest test = ProjectTester.Test(_place.Project.Folder.Root, log, cancellationToken);
        foreach (ProjectFinding finding in test.Findings.Where(finding => finding.State == FindingState.Failed))
            log.Warning(Message.Verbatim(finding.ToText()));
        return test.Passed ? Task.FromResult(true) : throw test.ToError();
    }

    /// <summary>The stack, once nothing happens to it; null if it does not exist.</summary>
    public async Task<Stack?> FindAsync(CancellationToken cancellationToken) =>
        await deployment.FindAsync(Template.StackName, log, cancellationToken) is { IsDeleted: false } stack ? stack : null;

    /// <summary>Shows why the last update could not be rolled back, resource by resource.</summary>
    public async Task ShowRollbackAsync(Stack stack, IPublishView view, CancellationToken cancellationToken)
    {
        CheckResults results = new(log.Voice);
        foreach (StackEvent failed in await ports.Stacks.ReadFailuresAsync(stack.Id, retry, cancellationToken))
            view.Show(results.Fail(0, PublishMessages.Resource(failed.Kind, failed.LogicalId), PublishMessages.Says(failed.Reason ?? failed.Status), PublishMessages.PutBackOrSkip(failed.LogicalId)));
    }

    /// <summary>Continues the rollback of an update that could not be rolled back. A stack in this state can be neither updated nor planned.</summary>
    public async Task<Stack?> ContinueRollbackAsync(Stack stack, CancellationToken cancellationToken)
    {
        await ports.Stacks.ContinueRollbackAsync(stack.Id, request.ResourceToSkip, cancellationToken);
        Stack? continued = await FindAsync(cancellationToken);
        if (continued is not { IsRollbackFailed: true } || request.FreshStart)
            return continued;
        List<StackEvent> failures = await ports.Stacks.ReadFailuresAsync(stack.Id, retry, cancellationToken);
        throw new OpsException(ErrorIds.StackFailed, PublishMessages.RollbackFailed(stack.Name, failures.Count == 0 ? continued.StatusReason : string.Join(" ", failures.Select(failed => $"{failed.LogicalId}: {failed.Reason}"))));
    }

    /// <summary>Leaves the schema registry out if the stack cannot have it.</summary>
    /// <returns>The resources that are deleted before, whose names are free then.</returns>
    public async Task<IReadOnlyList<StackResource>> LookForRegistryAsync(Stack? found, CancellationToken cancellationToken)
    {
        if (request.SkipPreflight)
            return [];
        IReadOnlyList<StackResource> there = found is { IsEmpty: false } ? (await ports.Stacks.ReadResourcesAsync(found, retry, cancellationToken)).FindAll(resource => resource.Exists) : [];
        IReadOnlyList<StackResource> replaced = IsAnew(found) ? there : [];
        bool hasRegistry = !IsAnew(found) && there.Any(resource => resource.Kind == SchemaParts.RegistryKind);
        if (!hasRegistry && await new RegistryCheck(ports, retry).FaultAsync(_place, caller, replaced, cancellationToken) is { } fault)
        {
            _place = _place.WithoutRegistry();
            log.Warning(fault);
        }

        return replaced;
    }

    public async Task<bool> PreflightAsync(Stack? found, IReadOnlyList<StackResource> replaced, IPublishView view, CancellationToken cancellationToken)
    {
        if (request.SkipPreflight)
        {
            log.Verbose(PublishMessages.PreflightSkipped());
            return true;
        }

        List<CheckResult> failed = [];
        await foreach (CheckResult check in new Preflight(ports, retry, new CheckResults(log.Voice)).RunAsync(_place, caller, IsAnew(found), replaced, request.BucketName is null && NeedsBucket, DeploymentPolicy.Of(Template, _place.Environment, _place.Settings, request.BucketName).Policy, !request.SkipTest, cancellationToken))
        {
            view.Show(check);
            log.Verbose(Message.Verbatim(check.ToString()));
            if (check.Status == CheckStatus.NG)
                failed.Add(check);
        }

        return failed.Count == 0 ? true : throw new OpsException(ErrorIds.PreflightFailed, PublishMessages.PreflightFailed(_place.Environment.Name, failed.Select(check => check.Check)));
    }

    public async Task<PublishPlan?> PlanAsync(Stack? found, CancellationToken cancellationToken)
    {
        IReadOnlyList<PendingChangeSet> left = await LeftAsync(found, cancellationToken);
        if (IsAnew(found))
        {
            // An event bus that was never deployed completely has nothing of others on it.
            PlannedRemoval? removed = found is { IsEmpty: false } ? await new ProjectRemoval(ports, deployment, retry, time).PlanAsync(found, _place.Environment, request.Discard, found.Status.StartsWith("UPDATE", StringComparison.Ordinal), log, cancellationToken) : null;
            return new PublishPlan(null, removed, [.. ProjectStacks.DeclaredBy(Template).Select(resource => new ProjectChange { Resource = resource.Key, Kind = resource.Value.String("Type") ?? "", Status = ProjectChangeStatus.WouldAdd })]) { Left = left };
        }

        DataLoss loss = new(ports, retry, time);
        if (!found!.IsUpdatable)
            throw new OpsException(ErrorIds.StackFailed, PublishMessages.Stuck(found.Name, found.Status, found.StatusReason));
        ChangeSetRequest wanted = await RequestAsync(isNew: false, cancellationToken);
        if (await deployment.PlanAsync(found, wanted, log, cancellationToken) is not { } plan)
            return left.Count == 0 ? null : new PublishPlan(null, null, []) { Left = left, IsUnchanged = true };
        try
        {
            List<ProjectChange> changes = [];
            List<(string, string?, Message)> losses = [];
            JsonObject deployed = plan.Changes.Changes.Any(change => DataLoss.Keeps(change.Kind)) ? ProjectStacks.Read(await retry.RunAsync(() => ports.Stacks.GetTemplateAsync(found.Id, cancellationToken), cancellationToken)) : [];
            foreach (StackChange planned in plan.Changes.Changes)
            {
                ProjectChange change = ProjectChange.Of(planned);
                bool isGone = change.Status is ProjectChangeStatus.WouldRemove or ProjectChangeStatus.WouldReplace && planned.PolicyAction is not ("Retain" or "ReplaceAndRetain");
                Message? loses = isGone ? await loss.OfAsync(planned.Kind, planned.PhysicalId, _place.Environment, cancellationToken)
                    : change.Status == ProjectChangeStatus.WouldChange ? await loss.OfChangeAsync(planned.Kind, planned.PhysicalId, Declared(deployed, planned.LogicalId), Declared(Template.Root, planned.LogicalId), _place.Environment, cancellationToken)
                    : null;
                if (loses is not null)
                    losses.Add((change.Resource, change.Name, loses));
                changes.Add(change with { Loses = loses is null ? null : log.Text(loses) });
            }

            DataLoss.Refuse(found.Name, losses, request.Discard, log);
            return new PublishPlan(plan, null, changes) { Left = left };
        }
        catch
        {
            await deployment.DiscardAsync(plan, CancellationToken.None);
            throw;
        }
    }

    private static JsonObject? Declared(JsonObject template, string id) => template["Resources"]?[id] as JsonObject;

    /// <summary>Whether the stack is created, after what is left of it was deleted.</summary>
    private bool IsAnew(Stack? found) => found is null or { IsEmpty: true } or { IsNotCreated: true } || (request.FreshStart && found.Status.EndsWith("_FAILED", StringComparison.Ordinal));

    /// <summary>The change sets that a run left which was interrupted before it executed or deleted them. One that is being made is that of another run.</summary>
    private async Task<IReadOnlyList<PendingChangeSet>> LeftAsync(Stack? found, CancellationToken cancellationToken) => found is null || !request.FreshStart
        ? []
        : (await retry.RunAsync(() => ports.Stacks.ListChangeSetsAsync(found.Id, cancellationToken).ToListAsync(cancellationToken), cancellationToken))
            .FindAll(changeSet => changeSet.Name.StartsWith(ChangeSetPrefix, StringComparison.Ordinal) && changeSet.Status is not ("CREATE_PENDING" or "CREATE_IN_PROGRESS"));

    public async Task<Stack?> ApplyAsync(PublishPlan? plan, Stack? found, CancellationToken cancellationToken)
    {
        if (plan is null)
            return found;
        foreach (PendingChangeSet left in plan.Left)
            await ports.Stacks.DeleteChangeSetAsync(left.Id, cancellationToken);
        if (plan.IsUnchanged)
            return found;
        if (plan.Stack is { } planned)
            return await ExecuteAsync(planned, cancellationToken);
        if (plan.Removes is { } failed && await new ProjectRemoval(ports, deployment, retry, time).RunAsync(failed, log, cancellationToken) is { } still)
            throw new OpsException(ErrorIds.StackFailed, still.ToMessage());
        (Stack stack, _) = await deployment.DeployAsync(null, await RequestAsync(isNew: true, cancellationToken), log, cancellationToken);
        return stack;
    }

    private async Task<Stack> ExecuteAsync(StackPlan planned, CancellationToken cancellationToken)
    {
        Stack stack = await deployment.ExecuteAsync(planned, log, cancellationToken);
        // CloudFormation takes an update for successful if a resource that is not in the template any more could not be deleted, and forgets the resource.
        foreach (StackEvent left in stack.StatusReason is null ? [] : await ports.Stacks.ReadFailuresAsync(stack.Id, retry, cancellationToken))
            log.Warning(PublishMessages.LeftOutside(left.LogicalId, left.Kind, left.PhysicalId, DeletionFailure.Of(left)));
        return stack;
    }

    private bool NeedsBucket => Template.Nested.Count > 0 || TemplateSplit.Bytes(Template.Root) > ChangeSetRequest.MostTemplateBytes;

    private async Task<ChangeSetRequest> RequestAsync(bool isNew, CancellationToken cancellationToken)
    {
        string name = ChangeSetPrefix + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        ChangeSetRequest wanted = new(Template.StackName, name, isNew, Document.Write(Template.Root), Template.Parameters.ToDictionary(each => each.Key, each => (string?)each.Value, StringComparer.Ordinal), Template.Tags) { NamesRoles = true };
        if (!NeedsBucket)
            return wanted;
        return await new TemplateBucket(ports, deployment, retry).UploadAsync(request.BucketName, _place.Environment.Region, Template, wanted, log, cancellationToken);
    }

    public async Task<bool> VerifyAsync(Stack stack, CancellationToken cancellationToken)
    {
        List<CheckResult> failed = [];
        await foreach (CheckResult check in new DeployedCheck(_place, ports.Rules, ports.Deployed, retry, new CheckResults(log.Voice)).RunAsync(await ports.Stacks.ReadAllResourcesAsync(stack, retry, cancellationToken), 0, cancellationToken))
        {
            log.Verbose(Message.Verbatim(check.ToString()));
            if (check.Status == CheckStatus.NG)
                failed.Add(check);
        }

        return failed.Count == 0 ? true : throw new OpsException(ErrorIds.NotVerified, PublishMessages.NotAsInProject(stack.Name, failed.Select(check => $"{check.Check}: {check.Result}")));
    }

    public async Task<bool> TestAsync(CancellationToken cancellationToken)
    {
        LiveTest test = await tester.RunAsync(new LiveProject(_place.Project, _place.Environment), new ProjectTestRequest { Live = true }, (_, _) => Task.FromResult(Approval.Declined), log, cancellationToken);
        foreach (LiveTestResult result in test.Results.Where(result => result.State == LiveTestState.Failed))
            log.Warning(Message.Verbatim(result.ToText()));
        log.Verbose(test.Summary);
        return test.Passed ? true : throw test.ToError();
    }

    public bool Record()
    {
        ProjectLock published = _place.Project.Lock;
        foreach (ProjectSchema schema in _place.Project.Schemas.Where(schema => !_place.Settings.Retired.Contains(schema.Name)))
            published = published.WithPublished(schema, time.GetUtcNow(), _place.Environment.Name);
        new ProjectWriter(_place.Project.Folder).Write(ProjectLock.FileName, published.ToText());
        return true;
    }
}

/// <summary>What a publication will do.</summary>
/// <param name="Stack">The plan of CloudFormation; null if the stack is created.</param>
/// <param name="Removes">The stack that has to be deleted before; null for none.</param>
/// <param name="Changes">The changes.</param>
internal sealed record PublishPlan(StackPlan? Stack, PlannedRemoval? Removes, IReadOnlyList<ProjectChange> Changes)
{
    /// <summary>The change sets that an interrupted run left, which are deleted.</summary>
    public IReadOnlyList<PendingChangeSet> Left { get; init; } = [];

    /// <summary>Whether the stack stays as it is.</summary>
    public bool IsUnchanged { get; init; }
}
