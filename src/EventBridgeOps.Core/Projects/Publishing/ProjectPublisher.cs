using System.Runtime.CompilerServices;
using System.Text;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Installation;
using EventBridgeOps.Projects.LiveTesting;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Deploys a project as a CloudFormation stack, which keeps state, order and rollback. The project itself keeps what was published, and a log.</summary>
/// <param name="ports">The services.</param>
/// <param name="tester">Sends the examples through a temporary event bus.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
public sealed class ProjectPublisher(PublishPorts ports, LiveTester tester, ItemRetry retry, TimeProvider time)
{
    /// <summary>Publishes.</summary>
    /// <param name="request">Which project, where and how.</param>
    /// <param name="view">Shows checks and changes before the user is asked.</param>
    /// <param name="approve">Asks whether to deploy; once for all changes.</param>
    /// <param name="observer">Receives progress and warnings.</param>
    /// <param name="cancellationToken">Ends the wait; CloudFormation continues, and the next run goes on waiting.</param>
    /// <returns>The changes that were made, or would be made.</returns>
    /// <exception cref="OpsException">
    /// <see cref="ErrorIds.InvalidProject"/>; <see cref="ErrorIds.WrongAccountOrRegion"/>; <see cref="ErrorIds.ProjectTestFailed"/>; <see cref="ErrorIds.PreflightFailed"/>; <see cref="ErrorIds.DataLoss"/>: nothing was changed.
    /// <see cref="ErrorIds.StackFailed"/>: the stack was rolled back; <see cref="ErrorIds.NotVerified"/>: what was deployed is not what the project says.
    /// <see cref="ErrorIds.WorkInProgress"/>: another run publishes from this folder.
    /// </exception>
    public async IAsyncEnumerable<ProjectChange> PublishAsync(PublishRequest request, IPublishView view, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ProjectPlace place = ProjectPlace.Of(request);
        CallerIdentity caller = await EnvironmentSession.RequireAsync(place.Environment, ports.Region, ports.Identity, retry, cancellationToken);
        ProjectTemplate template = place.Template;
        using PublishLog log = PublishLog.Begin(place.Project.Folder, place.Environment.Name, DigestOf(template, caller), request.FreshStart, view, observer, time);
        StackDeployment deployment = new(ports.Stacks, new ProjectOwner(template.Tags), retry, time);
        Publication run = new(ports, tester, request, place, caller, deployment, log, retry, time);
        await log.StepAsync(PublishStep.Check, isLasting: false, () => run.CheckAsync(cancellationToken));
        foreach (TemplateWarning warning in template.Warnings)
            log.Warning(PublishMessages.OfItem(warning.Item, warning.Message));

        Stack? found = await run.FindAsync(cancellationToken);
        if (found is { IsRollbackFailed: true } stuck)
        {
            await run.ShowRollbackAsync(stuck, view, cancellationToken);
            // What changes then can be planned only after it.
            if (await approve(new PlannedChange(observer.Text(StackMessages.StackNamed(template.StackName)), PublishMessages.ContinueRollback(request.ResourceToSkip)), cancellationToken) != Approval.Write)
                yield break;
            found = await log.StepAsync(PublishStep.Rollback, isLasting: false, () => run.ContinueRollbackAsync(stuck, cancellationToken));
        }

        IReadOnlyList<StackResource> replaced = await run.LookForRegistryAsync(found, cancellationToken);
        await log.StepAsync(PublishStep.Preflight, isLasting: true, () => run.PreflightAsync(found, replaced, view, cancellationToken));
        PublishPlan? plan = await log.StepAsync(PublishStep.Plan, isLasting: false, () => run.PlanAsync(found, cancellationToken));
        IReadOnlyList<ProjectChange> changes = plan?.Changes ?? [];
        foreach (ProjectChange change in changes)
            view.Show(change);
        if (plan is { Left.Count: > 0 })
            view.Say(PublishMessages.ChangeSetsLeft(plan.Left.Select(left => left.Name)));
        if (plan is not null)
        {
            Approval answer = await approve(new PlannedChange(observer.Text(StackMessages.StackNamed(template.StackName)), plan.IsUnchanged ? PublishMessages.DeleteChangeSets(plan.Left.Count) : PublishMessages.Deploy(changes, plan.Removes?.Stack.Status)), cancellationToken);
            if (answer != Approval.Write)
            {
                if (plan.Stack is { } given)
                    await deployment.DiscardAsync(given, cancellationToken);
                foreach (ProjectChange change in answer == Approval.WhatIf ? changes : [])
                    yield return change;
                yield break;
            }
        }

        Stack stack = await log.StepAsync(PublishStep.Apply, isLasting: false, () => run.ApplyAsync(plan, found, cancellationToken)) ?? found!;
        // From now on the registry has the schemas, whatever the checks find.
        await log.StepAsync(PublishStep.Record, isLasting: false, () => Task.FromResult(run.Record()));
        await log.StepAsync(PublishStep.Verify, isLasting: false, () => run.VerifyAsync(stack, cancellationToken));
        // A test that is left out must not be shown as done.
        if (request.SkipTest)
            log.Verbose(PublishMessages.TestSkipped());
        else
            await log.StepAsync(PublishStep.Test, isLasting: false, () => run.TestAsync(cancellationToken));
        log.Finish();
        foreach (KeyValuePair<string, string> output in stack.Outputs)
            log.Verbose(PublishMessages.Output(output.Key, output.Value));
        if (changes.Count == 0)
            log.Verbose(PublishMessages.Unchanged(template.StackName));
        foreach (ProjectChange change in changes)
            yield return change.Done();
    }

    // What one identity may do says nothing of another.
    private static string DigestOf(ProjectTemplate template, CallerIdentity caller)
    {
        string text = (PermissionSimulation.Principal(caller.Arn) ?? caller.Arn) + string.Concat(template.Nested.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => Document.Write(each.Value))) + Document.Write(template.Root);
        return "sha256:" + ContentDigest.Sha256(Encoding.UTF8.GetBytes(text));
    }
}
