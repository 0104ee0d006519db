using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Installation;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Asks the services themselves what is left, since a stack also forgets what it could not delete.</summary>
/// <param name="ports">The services.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="observer">Spells what is said.</param>
internal sealed class RemovalProof(PublishPorts ports, ItemRetry retry, IRunObserver observer)
{
    private readonly SortedSet<string> _unasked = new(StringComparer.Ordinal);
    private int _asked;
    private int _left;

    /// <summary>How many resources were asked for, and of which types only CloudFormation says that they are deleted.</summary>
    public Message Summary => _left > 0 ? PublishMessages.ProvedLeft(_left)
        : _unasked.Count == 0 ? PublishMessages.Proved(_asked)
        : PublishMessages.ProvedBut(_asked, _unasked);

    /// <summary>What became of each resource.</summary>
    /// <param name="resources">The resources as they were before.</param>
    /// <param name="stacks">Their stacks.</param>
    /// <param name="failed">Why the stack could not be deleted; null if it was.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<RemovedResource> ProveAsync(IReadOnlyList<StackResource> resources, IReadOnlyList<Stack> stacks, FailedRemoval? failed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<(string, string?), string> after = [];
        foreach (Stack stack in stacks)
        {
            foreach (StackResource resource in await ports.Stacks.ReadAllResourcesAsync(stack, retry, cancellationToken))
                after[(resource.LogicalId, resource.PhysicalId)] = resource.Status;
        }

        foreach (StackResource resource in resources.Where(resource => resource.PhysicalId is { Length: > 0 }))
        {
            string status = after.TryGetValue((resource.LogicalId, resource.PhysicalId), out string? now) ? now : "DELETE_COMPLETE";
            if (status == "DELETE_SKIPPED")
            {
                yield return RemovedResource.Of(resource, RemovalStatus.Kept);
                continue;
            }

            (bool? exists, Message? unknown) = await ExistsAsync(resource, cancellationToken);
            if (exists != true && status == "DELETE_COMPLETE")
            {
                yield return RemovedResource.Of(resource, RemovalStatus.Deleted) with { Reason = unknown is null ? null : observer.Text(unknown) };
                continue;
            }

            _left++;
            yield return RemovedResource.Of(resource, RemovalStatus.Left) with { Reason = observer.Text(failed?.Of(resource) ?? PublishMessages.StillThere(status)) };
        }
    }

    /// <summary>Whether a resource exists; null with why that is not known.</summary>
    private async Task<(bool? Exists, Message? Unknown)> ExistsAsync(StackResource resource, CancellationToken cancellationToken)
    {
        try
        {
            bool? exists = await retry.RunAsync(() => AskAsync(resource, cancellationToken), cancellationToken);
            if (exists is not null)
                _asked++;
            else
                _unasked.Add(resource.Kind);
            return (exists, exists is null ? PublishMessages.DeletedUnchecked() : null);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _unasked.Add(resource.Kind);
            return (null, PublishMessages.DeletionNotChecked(e));
        }
    }

    private async Task<bool?> AskAsync(StackResource resource, CancellationToken cancellationToken) => resource.Kind switch
    {
        ProjectStacks.Bucket => await ports.Buckets.HoldsAnyAsync(resource.PhysicalId!, cancellationToken) is not null,
        StackResource.StackKind => await ports.Stacks.DescribeAsync(resource.PhysicalId!, cancellationToken) is { IsDeleted: false },
        _ => await ports.Deployed.ExistsAsync(resource.Kind, resource.PhysicalId!, cancellationToken),
    };
}
