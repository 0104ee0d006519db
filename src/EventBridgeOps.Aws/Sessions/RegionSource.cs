using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>Finds the Region of a session.</summary>
internal static class RegionSource
{
    /// <summary>Finds the Region, from the first source that has one.</summary>
    /// <exception cref="OpsException">No source has a Region, or it is not valid.</exception>
    public static string Find(SessionOptions options, SharedProfile? profile, ProfileFiles files)
    {
        foreach ((Message source, Func<string?> find) in Sources(options, profile, files))
        {
            if (find() is { } region && region.Trim().Length > 0)
                return Check(region, source);
        }

        throw new OpsException(ErrorIds.NoRegion, SessionMessages.NoRegion());
    }

    private static IEnumerable<(Message Source, Func<string?> Find)> Sources(SessionOptions options, SharedProfile? profile, ProfileFiles files)
    {
        yield return (SessionMessages.RegionParameter(), () => options.Region);
        yield return (SessionMessages.Variable("$StoredAWSRegion"), () => options.StoredRegion);
        yield return (SessionMessages.NamedProfile(), () => profile?.Region);
        foreach (string variable in new[] { "AWS_REGION", "AWS_DEFAULT_REGION" })
            yield return (SessionMessages.Variable(variable), () => options.Host.Environment(variable));
        yield return (SessionMessages.DefaultProfile(), () => files.Find(files.DefaultName)?.Region);
        yield return (SessionMessages.InstanceMetadata(), () => options.Host.Machine?.Region());
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
