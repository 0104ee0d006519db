using System.Globalization;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Installation;

/// <summary>Installs the automation, or updates it: uploads the package, deploys the stack, and tries the function.</summary>
/// <param name="stacks">AWS CloudFormation.</param>
/// <param name="buckets">Amazon S3.</param>
/// <param name="invoker">Invokes the function.</param>
/// <param name="packages">Reads the package.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
public sealed class AutomationInstaller(IStackApi stacks, IPackageBucketApi buckets, AutomationInvoker invoker, PackageReader packages, ItemRetry retry, TimeProvider time)
{
    private readonly StackDeployment _deployment = new(stacks, AutomationTemplate.Owner, retry, time);

    /// <summary>Installs or updates.</summary>
    /// <param name="request">What to install.</param>
    /// <param name="approve">Asks whether to write.</param>
    /// <param name="observer">Receives progress and warnings.</param>
    /// <param name="cancellationToken">Ends the wait; CloudFormation continues.</param>
    /// <returns>The installation; null if the user declined.</returns>
    /// <exception cref="OpsException">
    /// <see cref="ErrorIds.InvalidPackage"/>; <see cref="ErrorIds.InvalidSettings"/>; <see cref="ErrorIds.StackFailed"/>: the stack was rolled back;
    /// <see cref="ErrorIds.FunctionFailed"/>: the stack is deployed, but the function does not answer.
    /// </exception>
    public async Task<AutomationStack?> InstallAsync(InstallRequest request, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        request.Check();
        Dictionary<string, string?> given = Given(request);
        AutomationPackage package = await packages.ReadAsync(request.PackagePath, given.TryGetValue(AutomationTemplate.Architecture, out string? named) ? named : null, cancellationToken);
        if (package.Architecture is { } architecture)
            given[AutomationTemplate.Architecture] = architecture;
        Stack? found = await _deployment.FindAsync(request.StackName, observer, cancellationToken);
        InstallPlan plan = InstallPlan.Of(found, InstallationMessages.Stuck);
        if (await ApproveAsync(plan, package, request, approve, observer, cancellationToken) is { } ended)
            return ended == Approval.Declined ? null : await WouldAsync(plan, given, package, request, cancellationToken);

        if (plan.Removes is { } failed)
            await _deployment.RemoveAsync(failed, observer, cancellationToken);
        string bucket = request.BucketName ?? await BucketAsync(request, observer, cancellationToken);
        await UploadAsync(bucket, package, observer, cancellationToken);
        given[AutomationTemplate.CodeBucket] = bucket;
        given[AutomationTemplate.CodeKey] = package.Key;
        ChangeSetRequest wanted = new(request.StackName, ChangeSetName(), plan.Updates is null, AutomationTemplate.Text, plan.Parameters(given), request.Tag);
        (Stack stack, bool isChanged) = await _deployment.DeployAsync(plan.Updates, wanted, observer, cancellationToken);
        if (!request.SkipTest)
            await invoker.TryAsync(request.StackName, cancellationToken);
        return AutomationStack.Of(stack, await stacks.ReadResourcesAsync(stack, retry, cancellationToken), plan.Updates is null ? InstallStatus.Installed : isChanged ? InstallStatus.Updated : InstallStatus.Unchanged, package.Version);
    }

    private static async Task<Approval?> ApproveAsync(InstallPlan plan, AutomationPackage package, InstallRequest request, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        PlannedChange change = new(observer.Text(StackMessages.StackNamed(request.StackName)), plan.Updates is null ? InstallationMessages.Install(package.Version, plan.Removes?.Status) : InstallationMessages.Update(package.Version));
        return await approve(change, cancellationToken) is var answer and not Approval.Write ? answer : null;
    }

    /// <summary>What a run would do, as far as can be told without writing anything.</summary>
    private async Task<AutomationStack> WouldAsync(InstallPlan plan, Dictionary<string, string?> given, AutomationPackage package, InstallRequest request, CancellationToken cancellationToken)
    {
        if (plan.Updates is not { } stack)
            return new AutomationStack { StackName = request.StackName, Status = InstallStatus.WouldInstall, PackageVersion = package.Version };
        given[AutomationTemplate.CodeKey] = package.Key;
        bool isSame = given.All(parameter => stack.Parameters.TryGetValue(parameter.Key, out string? value) && value == parameter.Value)
            && InstallPlan.IsSameTemplate(await retry.RunAsync(() => stacks.GetTemplateAsync(stack.Name, cancellationToken), cancellationToken));
        return AutomationStack.Of(stack, await stacks.ReadResourcesAsync(stack, retry, cancellationToken), isSame ? InstallStatus.Unchanged : InstallStatus.WouldUpdate, package.Version);
    }

    /// <summary>The parameters that the user specified.</summary>
    private static Dictionary<string, string?> Given(InstallRequest request)
    {
        Dictionary<string, string?> given = request.Parameter.ToDictionary(parameter => parameter.Key, parameter => (string?)parameter.Value, StringComparer.Ordinal);
        if (request.SettingsPath is { } path)
            given[AutomationTemplate.Settings] = InstallSettings.Read(path);
        return given;
    }

    /// <summary>The bucket of the stack that manages it, which is created first.</summary>
    private async Task<string> BucketAsync(InstallRequest request, IRunObserver observer, CancellationToken cancellationToken) =>
        await new BucketStack(stacks, buckets, _deployment, retry).DeployAsync(request.BucketStackName, ChangeSetName(), request.Tag, observer, cancellationToken)
        ?? throw new OpsException(ErrorIds.StackFailed, InstallationMessages.NoResource(request.BucketStackName, "Bucket"));

    private async Task UploadAsync(string bucket, AutomationPackage package, IRunObserver observer, CancellationToken cancellationToken)
    {
        await foreach (string key in buckets.ListAsync(bucket, package.Key, cancellationToken))
        {
            if (key == package.Key)
                return; // The key is the digest of the content.
        }

        observer.Progress(new RunProgress(InstallationMessages.Uploading(bucket), 0, 1, package.Key));
        await retry.RunAsync(
            async () =>
            {
                await buckets.PutAsync(bucket, package.Key, package.Content, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    private string ChangeSetName() => "ebops-" + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
}
