using System.Diagnostics.CodeAnalysis;

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

    /// <summary>The ARN as text.</summary>
    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{AccountId}:{Resource}";
}

/// <summary>The AWS partitions. Credentials of one partition are not valid in the others.</summary>
public static class Partitions
{
    private static readonly (string Prefix, string Name)[] Known =
    [
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("us-iso-", "aws-iso"),
        ("us-isob-", "aws-iso-b"),
        ("us-isof-", "aws-iso-f"),
        ("eu-isoe-", "aws-iso-e"),
        ("eusc-", "aws-eusc"),
    ];

    /// <summary>The partition of a Region: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html.</summary>
    public static string Of(string region) => Known.FirstOrDefault(partition => region.StartsWith(partition.Prefix, StringComparison.Ordinal)).Name ?? "aws";
}
