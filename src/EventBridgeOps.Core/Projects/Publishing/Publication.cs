using System.Globalization;
using System.Text;
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
/// <param name="template">What is deployed.</param>
/// <param name="deployment">Deploys stacks.</param>
/// <param name="log">The log.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
internal sealed class Publication(PublishPorts ports, LiveTester tester, PublishRequest request, ProjectPlace place, ProjectTemplate template, StackDeployment deployment, PublishLog log, ItemRetry retry, TimeProvider time)
{
    public Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        ProjectTest test = ProjectTester.Test(place.Project.Folder.Root, log, cancellationToken);
        foreach (ProjectFinding finding in test.Findings.Where(finding => finding.State == FindingState.Failed))
            log.Warning(Message.Verbatim(finding.ToText()));
        return test.Passed ? Task.FromResult(true) : throw test.ToError();
    }

    /// <summary>The stack, once nothing happens to it: an update that could not be rolled back is rolled back now.</summary>
    public async Task<Stack?> FindAsync(CancellationToken cancellationToken)
    {
        Stack? stack = await deployment.FindAsync(template.StackName, log, cancellationToken);
        if (stack?.Status != "UPDATE_ROLLBACK_FAILED")
            return stack;
        log.Warning(PublishMessages.ContinuesRollback(template.StackName, stack.StatusReason));
        await ports.Stacks.ContinueRollbackAsync(stack.Id, cancellationToken);
        return await deployment.FindAsync(template.StackName, log, cancellationToken);
    }

    public async Task<bool> PreflightAsync(Stack? found, IPublishView view, CancellationToken cancellationToken)
    {
        if (request.SkipPreflight)
        {
            log.Verbose(PublishMessages.PreflightSkipped());
            return true;
        }

        List<CheckResult> failed = [];
        await foreach (CheckResult check in new Preflight(ports, retry, new CheckResults(log.Voice)).RunAsync(place, found is null or { IsEmpty: true } or { IsNotCreated: true }, DeploymentPolicy.Of(template, place.Environment).Policy, cancellationToken))
        {
            view.Show(check);
            log.Verbose(Message.Verbatim(check.ToString()));
            if (check.Status == CheckStatus.NG)
                failed.Add(check);
        }

        return failed.Count == 0 ? true : throw new OpsException(ErrorIds.PreflightFailed, PublishMessages.PreflightFailed(place.Environment.Name, failed.Select(check => check.Check)));
    }

    public async Task<PublishPlan?> PlanAsync(Stack? found, CancellationToken cancellationToken)
    {
        DataLoss loss = new(ports.Queues, ports.Archives, retry);
        if (found is null or { IsEmpty: true } or { IsNotCreated: true } || (request.FreshStart && found.Status.EndsWith("_FAILED", StringComparison.Ordinal)))
        {
            Stack? removed = found is { IsEmpty: false } ? found : null;
            if (removed is not null)
                await RefuseAsync(await ports.Stacks.ReadResourcesAsync(removed, retry, cancellationToken), loss, cancellationToken);
            return new PublishPlan(null, removed, [.. ProjectStacks.DeclaredBy(template).Select(resource => new ProjectChange { Resource = resource.Key, Kind = resource.Value.String("Type") ?? "", Status = ProjectChangeStatus.WouldAdd })]);
        }

        if (!found.IsUpdatable)
            throw new OpsException(ErrorIds.StackFailed, PublishMessages.Stuck(found.Name, found.Status, found.StatusReason));
        ChangeSetRequest wanted = await RequestAsync(isNew: false, cancellationToken);
        if (await deployment.PlanAsync(found, wanted, log, cancellationToken) is not { } plan)
            return null;
        try
        {
            List<ProjectChange> changes = [];
            List<(string, string?, Message)> losses = [];
            foreach (StackChange planned in plan.Changes.Changes)
            {
                ProjectChange change = ProjectChange.Of(planned);
                bool isGone = change.Status is ProjectChangeStatus.WouldRemove or ProjectChangeStatus.WouldReplace && planned.PolicyAction is not ("Retain" or "ReplaceAndRetain");
                Message? loses = isGone ? await loss.OfAsync(planned.Kind, planned.PhysicalId, place.Environment, cancellationToken) : null;
                if (loses is not null)
                    losses.Add((change.Resource, change.Name, loses));
                changes.Add(change with { Loses = loses is null ? null : log.Text(loses) });
            }

            DataLoss.Refuse(found.Name, losses, request.Discard, log);
            return new PublishPlan(plan, null, changes);
        }
        catch
        {
            await deployment.DiscardAsync(plan, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Refuses to delete a stack that holds data.</summary>
    private async Task RefuseAsync(List<StackResource> resources, DataLoss loss, CancellationToken cancellationToken)
    {
        List<(string, string?, Message)> losses = [];
        foreach (StackResource resource in resources.Where(resource => resource.Exists && resource.Kind != ProjectStacks.Bus))
        {
            if (await loss.OfAsync(resource.Kind, resource.PhysicalId, place.Environment, cancellationToken) is { } loses)
                losses.Add((resource.LogicalId, resource.PhysicalId, loses));
        }

        DataLoss.Refuse(template.StackName, losses, request.Discard, log);
    }

    public async Task<Stack?> ApplyAsync(PublishPlan? plan, Stack? found, CancellationToken cancellationToken)
    {
        if (plan is null)
            return found;
        if (plan.Stack is { } planned)
            return await deployment.ExecuteAsync(planned, log, cancellationToken);
        if (plan.Removes is { } failed)
            await deployment.RemoveAsync(failed, log, cancellationToken);
        (Stack stack, _) = await deployment.DeployAsync(null, await RequestAsync(isNew: true, cancellationToken), log, cancellationToken);
        return stack;
    }

    private async Task<ChangeSetRequest> RequestAsync(bool isNew, CancellationToken cancellationToken)
    {
        string name = "ebops-" + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        ChangeSetRequest wanted = new(template.StackName, name, isNew, Document.Write(template.Root), template.Parameters.ToDictionary(each => each.Key, each => (string?)each.Value, StringComparer.Ordinal), template.Tags) { NamesRoles = true };
        if (template.Nested.Count == 0 && Encoding.UTF8.GetByteCount(wanted.Template) <= ChangeSetRequest.MostTemplateBytes)
            return wanted;
        return await new TemplateBucket(ports, deployment, retry).UploadAsync(request.BucketName, place.Environment.Region, template, wanted, log, cancellationToken);
    }

    public async Task<bool> VerifyAsync(Stack stack, CancellationToken cancellationToken)
    {
        List<CheckResult> failed = [];
        await foreach (CheckResult check in new DeployedCheck(place, ports.Rules, ports.Deployed, retry, new CheckResults(log.Voice)).RunAsync(await ports.Stacks.ReadResourcesAsync(stack, retry, cancellationToken), 0, cancellationToken))
        {
            log.Verbose(Message.Verbatim(check.ToString()));
            if (check.Status == CheckStatus.NG)
                failed.Add(check);
        }

        return failed.Count == 0 ? true : throw new OpsException(ErrorIds.NotVerified, PublishMessages.NotAsInProject(stack.Name, failed.Select(check => $"{check.Check}: {check.Result}")));
    }

    public async Task<bool> TestAsync(CancellationToken cancellationToken)
    {
        if (request.SkipTest)
        {
            log.Verbose(PublishMessages.TestSkipped());
            return true;
        }

        LiveTest test = await tester.RunAsync(new LiveProject(place.Project, place.Environment), new ProjectTestRequest { Live = true }, (_, _) => Task.FromResult(Approval.Declined), log, cancellationToken);
        foreach (LiveTestResult result in test.Results.Where(result => result.State == LiveTestState.Failed))
            log.Warning(Message.Verbatim(result.ToText()));
        log.Verbose(test.Summary);
        return test.Passed ? true : throw test.ToError();
    }

    public bool Record()
    {
        ProjectLock published = place.Project.Lock;
        foreach (ProjectSchema schema in place.Project.Schemas.Where(schema => !place.Settings.Retired.Contains(schema.Name)))
            published = published.WithPublished(schema, time.GetUtcNow(), place.Environment.Name);
        new ProjectWriter(place.Project.Folder).Write(ProjectLock.FileName, published.ToText());
        return true;
    }
}

/// <summary>What a publication will do.</summary>
/// <param name="Stack">The plan of CloudFormation; null if the stack is created.</param>
/// <param name="Removes">The stack that has to be deleted before; null for none.</param>
/// <param name="Changes">The changes.</param>
internal sealed record PublishPlan(StackPlan? Stack, Stack? Removes, IReadOnlyList<ProjectChange> Changes);
