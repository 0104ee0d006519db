using System.Net;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.Util;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>Finds the region.</summary>
internal static class RegionSource
{
    private static readonly TimeSpan MetadataLimit = TimeSpan.FromSeconds(2);
    private static readonly Regex Shape = new("^[a-z]{2,10}(-[a-z]+)+-[0-9]{1,2}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The region, from the first source that has one.</summary>
    /// <exception cref="OpsException">No source has one, or it is none.</exception>
    public static string Find(SessionOptions options, NamedProfile? profile)
    {
        foreach ((string? source, Func<string?>? find) in Sources(options, profile))
        {
            if (find() is { } region && region.Trim().Length > 0)
                return Check(region, source);
        }

        throw new OpsException(
            ErrorIds.NoRegion,
            "No AWS region was given. Give one with -Region (--region), $StoredAWSRegion (Set-DefaultAWSRegion), the environment variable AWS_REGION or AWS_DEFAULT_REGION, " +
            "or a profile that has a region (aws configure set region eu-west-1).");
    }

    private static IEnumerable<(string Source, Func<string?> Find)> Sources(SessionOptions options, NamedProfile? profile)
    {
        yield return ("Region", () => options.Region);
        yield return ("$StoredAWSRegion", () => options.StoredRegion);
        yield return ("the profile", () => profile?.Content.Region?.SystemName);
        yield return ("AWS_REGION", () => Environment.GetEnvironmentVariable("AWS_REGION"));
        yield return ("AWS_DEFAULT_REGION", () => Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION"));
        yield return ("the default profile", () => NamedProfile.FindDefault()?.Content.Region?.SystemName);
        yield return ("the instance's metadata", FromMetadata);
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

    private static string Check(string region, string source)
    {
        region = region.Trim().ToLowerInvariant();
        if (!Shape.IsMatch(region))
            throw new OpsException(ErrorIds.InvalidArgument, $"'{region}', given by {source}, is no AWS region; one looks like eu-west-1.");
        if (region.StartsWith("fips-", StringComparison.Ordinal))
            throw new OpsException(ErrorIds.InvalidArgument, $"'{region}', given by {source}, is no region of its own: give {region.Substring(5)} and set AWS_USE_FIPS_ENDPOINT=true.");
        return region;
    }
}
