using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace EventBridgeOps.Events.Names;

/// <summary>An Amazon Resource Name in its parts: <c>arn:partition:service:region:account:resource</c>.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html.</remarks>
/// <param name="Partition">For example <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>.</param>
/// <param name="Service">For example <c>batch</c>.</param>
/// <param name="Region">For example <c>eu-west-1</c>; empty for global resources.</param>
/// <param name="AccountId">12 digits; empty for some resources.</param>
/// <param name="Resource">The rest; it may contain colons.</param>
public sealed record Arn(string Partition, string Service, string Region, string AccountId, string Resource)
{
    /// <summary>The ARN of a resource in a region, in that region's partition.</summary>
    /// <param name="service">For example <c>batch</c>.</param>
    /// <param name="region">For example <c>eu-west-1</c>.</param>
    /// <param name="accountId">Twelve digits.</param>
    /// <param name="resource">For example <c>job-queue/main</c>.</param>
    public static Arn In(string service, string region, string accountId, string resource) => new(Partitions.Of(region), service, region, accountId, resource);

    /// <summary>The ARN of a resource without a region, as IAM and STS have them, in the partition of a region.</summary>
    /// <param name="service">For example <c>iam</c>.</param>
    /// <param name="region">Any region of the partition.</param>
    /// <param name="accountId">Twelve digits.</param>
    /// <param name="resource">For example <c>role/deploy</c>.</param>
    public static Arn Global(string service, string region, string accountId, string resource) => In(service, region, accountId, resource) with { Region = "" };

    /// <summary>Reads an ARN.</summary>
    /// <param name="text">The text.</param>
    /// <param name="arn">The ARN, if it is valid.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Arn? arn)
    {
        string[] parts = (text ?? "").Split([':'], 6);
        bool whole = parts.Length == 6 && parts[0] == "arn" && parts[1].Length > 0 && parts[2].Length > 0 && parts[5].Length > 0;
        arn = whole ? new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]) : null;
        return whole;
    }

    /// <summary>The role of a session, whose path is not in the ARN of the session: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns. Null if it is not the ARN of a session of a role.</summary>
    public Arn? AssumedRole
    {
        get
        {
            string[] parts = Resource.Split('/');
            return Service == "sts" && parts.Length == 3 && parts[0] == "assumed-role" ? this with { Service = "iam", Region = "", Resource = $"role/{parts[1]}" } : null;
        }
    }

    /// <summary>The ARN as text.</summary>
    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{AccountId}:{Resource}";
}

/// <summary>The AWS partitions. Credentials of one partition are not valid in the others.</summary>
public static class Partitions
{
    private static readonly (string Prefix, string Name, string Suffix)[] Known =
    [
        ("cn-", "aws-cn", "amazonaws.com.cn"),
        ("us-gov-", "aws-us-gov", "amazonaws.com"),
        ("us-iso-", "aws-iso", "c2s.ic.gov"),
        ("us-isob-", "aws-iso-b", "sc2s.sgov.gov"),
        ("us-isof-", "aws-iso-f", "csp.hci.ic.gov"),
        ("eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"),
        ("eusc-", "aws-eusc", "amazonaws.eu"),
    ];

    private static readonly Regex RegionShape = new(@"\A[a-z]{2,10}(-[a-z]+)+-[0-9]{1,2}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Whether a text has the form of the name of a Region. New Regions appear, so there is no list.</summary>
    /// <param name="text">The text.</param>
    public static bool IsRegion(string text) => RegionShape.IsMatch(text);

    /// <summary>The partition of a Region: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html.</summary>
    /// <param name="region">For example <c>eu-west-1</c>.</param>
    public static string Of(string region) => Find(region).Name;

    /// <summary>What the host names of the services of a Region end in.</summary>
    /// <param name="region">For example <c>eu-west-1</c>.</param>
    public static string DnsSuffix(string region) => Find(region).Suffix;

    private static (string Prefix, string Name, string Suffix) Find(string region) =>
        Known.Where(partition => region.StartsWith(partition.Prefix, StringComparison.Ordinal)).DefaultIfEmpty(("", "aws", "amazonaws.com")).First();
}
