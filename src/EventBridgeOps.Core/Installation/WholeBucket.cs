using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Installation;

/// <summary>What is done with whole buckets, all versions of their objects included.</summary>
internal static class WholeBucket
{
    /// <summary>Whether a bucket holds anything: an object, an older version of one, or a delete marker.</summary>
    /// <param name="buckets">Amazon S3.</param>
    /// <param name="bucket">The name of the bucket.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Null if there is no such bucket.</returns>
    public static async Task<bool?> HoldsAnyAsync(this IPackageBucketApi buckets, string bucket, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (StoredVersion _ in buckets.ListVersionsAsync(bucket, "", cancellationToken))
                return true;
            return false;
        }
        catch (OpsException e) when (e.ErrorId == ErrorIds.ResourceNotFound)
        {
            return null;
        }
    }

    /// <summary>Deletes the objects of a bucket, with all versions and delete markers. A bucket that does not exist is empty.</summary>
    /// <param name="buckets">Amazon S3.</param>
    /// <param name="bucket">The name of the bucket.</param>
    /// <param name="prefix">What the keys begin with; empty for all.</param>
    /// <param name="retry">Retries a call when its own retries are used up.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public static async Task EmptyAsync(this IPackageBucketApi buckets, string bucket, string prefix, ItemRetry retry, IRunObserver observer, CancellationToken cancellationToken)
    {
        int done = 0;
        try
        {
            await foreach (string key in OrderedParallel.SelectAsync(buckets.ListVersionsAsync(bucket, prefix, cancellationToken), ThrottleLimits.Default, DeleteAsync, cancellationToken))
                observer.Progress(new RunProgress(InstallationMessages.Emptying(bucket), ++done, null, key));
        }
        catch (OpsException e) when (e.ErrorId == ErrorIds.ResourceNotFound)
        {
            // It was deleted before.
        }

        Task<string> DeleteAsync(StoredVersion version, CancellationToken cancelled) => retry.RunAsync(
            async () =>
            {
                await buckets.DeleteAsync(bucket, version, cancelled);
                return version.Key;
            },
            cancelled);
    }
}
