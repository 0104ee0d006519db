using System.Net;
using Amazon.Runtime;
using Amazon.Util;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>Finds the Region of a session.</summary>
internal static class RegionSource
{
    private static readonly TimeSpan MetadataLimit = TimeSpan.FromSeconds(2);

    /// <summary>Finds the Region, from the first source that has one.</summary>
    /// <exception cref="OpsException">No source has a Region, or it is not valid.</exception>
    public static string Find(SessionOptions options, NamedProfile? profile)
    {
        foreach ((Message source, Func<string?> find) in Sources(options, profile))
        {
            if (find() is { } region && region.Trim().Length > 0)
                return Check(region, source);
        }

        throw new OpsException(ErrorIds.NoRegion, SessionMessages.NoRegion());
    }

    private static IEnumerable<(Message Source, Func<string?> Find)> Sources(SessionOptions options, NamedProfile? profile)
    {
        yield return (SessionMessages.RegionParameter(), () => options.Region);
        yield return (SessionMessages.Variable("$StoredAWSRegion"), () => options.StoredRegion);
        yield return (SessionMessages.NamedProfile(), () => profile?.Content.Region?.SystemName);
        yield return (SessionMessages.Variable("AWS_REGION"), () => Environment.GetEnvironmentVariable("AWS_REGION"));
        yield return (SessionMessages.Variable("AWS_DEFAULT_REGION"), () => Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION"));
        yield return (SessionMessages.DefaultProfile(), () => NamedProfile.FindDefault()?.Content.Region?.SystemName);
        yield return (SessionMessages.InstanceMetadata(), FromMetadata);
    }

    private static string? FromMetadata()
    {
        try
        {
            return Metadata.Ask(() => EC2InstanceMetadata.Region?.SystemName, MetadataLimit);
        }
        catch (Exception error) when (error is AmazonClientException or AmazonServiceException or HttpRequestException or WebException or InvalidOperationException)
        {
            return null; // No instance, no metadata.
        }
    }

    private static string Check(string region, Message source)
    {
        region = region.Trim().ToLowerInvariant();
        if (!Partitions.IsRegion(region))
            throw new OpsException(ErrorIds.InvalidArgument, SessionMessages.NotARegion(region, source));
        if (region.StartsWith("fips-", StringComparison.Ordinal))
            throw new OpsException(ErrorIds.InvalidArgument, SessionMessages.PseudoRegion(region, source, region.Substring(5)));
        return region;
    }
}
