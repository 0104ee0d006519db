using System.Text.RegularExpressions;

namespace EventBridgeOps.Events.Names;

/// <summary>The kind of a registry.</summary>
public enum ImageRegistryKind
{
    /// <summary>Another registry; its contents cannot be looked up.</summary>
    Other,

    /// <summary>A private registry of Amazon ECR.</summary>
    EcrPrivate,

    /// <summary>Amazon ECR Public; its contents cannot be looked up.</summary>
    EcrPublic,
}

/// <summary>A registry, identified by its host name.</summary>
/// <remarks>
/// Amazon ECR's hosts are <c>account.dkr.ecr.region.suffix</c>, <c>dkr.ecr-fips</c> with FIPS, and <c>account.dkr-ecr.region.on.aws</c> with
/// IPv6: https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html. The suffix is that of the partition.
/// </remarks>
public sealed record ImageRegistry
{
    private static readonly Regex Private = new(
        @"\A(?<account>[0-9]{12})\.dkr[.-]ecr(-fips)?\.(?<region>[a-z0-9-]+)\." +
        @"(amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov|on\.aws|on\.amazonwebservices\.com\.cn|on\.amazonwebservices\.eu)\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private const string HttpsPort = ":443";

    // The first is the name of the registry, the second an older one, and the others are where it answers.
    private static readonly string[] HubHosts = ["docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"];
    private static readonly string[] EcrPublicHosts = ["public.ecr.aws", "ecr-public.aws.com"];

    internal ImageRegistry(string host)
    {
        Host = host;
        string name = host.EndsWith(HttpsPort, StringComparison.Ordinal) ? host.Substring(0, host.Length - HttpsPort.Length) : host;
        Match match = Private.Match(name);
        if (match.Success)
            (Kind, RegistryId, Region) = (ImageRegistryKind.EcrPrivate, match.Groups["account"].Value, match.Groups["region"].Value.ToLowerInvariant());
        else if (EcrPublicHosts.Contains(name, StringComparer.OrdinalIgnoreCase))
            Kind = ImageRegistryKind.EcrPublic;
        int hub = Array.FindIndex(HubHosts, each => each.Equals(name, StringComparison.OrdinalIgnoreCase));
        HasShortNames = hub is 0 or 1;
        Identity = Kind switch
        {
            ImageRegistryKind.EcrPrivate => EcrHost(RegistryId!, Region!),
            ImageRegistryKind.EcrPublic => EcrPublicHosts[0],
            _ => hub >= 0 ? HubHosts[0] : name.ToLowerInvariant(),
        };
    }

    /// <summary>The registry of images that do not name one.</summary>
    public static ImageRegistry DockerHub { get; } = new(HubHosts[0]);

    /// <summary>The host name of an account's private registry of Amazon ECR, in the partition of its region.</summary>
    /// <param name="accountId">Twelve digits.</param>
    /// <param name="region">For example <c>eu-west-1</c>.</param>
    public static string EcrHost(string accountId, string region) => $"{accountId}.dkr.ecr.{region}.{Partitions.DnsSuffix(region)}";

    /// <summary>The host name, with its port if there is one.</summary>
    public string Host { get; }

    /// <summary>The kind of the registry.</summary>
    public ImageRegistryKind Kind { get; }

    /// <summary>The account ID of a private registry of Amazon ECR; null for others.</summary>
    public string? RegistryId { get; }

    /// <summary>The Region of a private registry of Amazon ECR; null for others.</summary>
    public string? Region { get; }

    /// <summary>Whether a repository without a slash is one of Docker's own, whose full name begins with <c>library/</c>.</summary>
    internal bool HasShortNames { get; }

    /// <summary>One host name for all those under which the registry is known, in lower case and without the port of HTTPS.</summary>
    internal string Identity { get; }

    /// <summary>Whether both are the same registry, even under different host names.</summary>
    /// <param name="other">Another registry; null is never the same.</param>
    public bool IsSame(ImageRegistry? other) => other is not null && other.Identity == Identity;

    /// <summary>The host name.</summary>
    public override string ToString() => Host;
}
