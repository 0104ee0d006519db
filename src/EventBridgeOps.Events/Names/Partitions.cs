namespace EventBridgeOps.Events.Names;

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
