using System.Text.RegularExpressions;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Events.Templates;

/// <summary>Where a template is deployed: the pseudo parameters that an event tells.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html.</remarks>
/// <param name="AccountId">Twelve digits.</param>
/// <param name="Region">For example <c>eu-west-1</c>.</param>
internal sealed record TemplatePlace(string AccountId, string Region)
{
    public const string AccountIdSymbol = "AccountId";
    public const string PartitionSymbol = "Partition";
    public const string RegionSymbol = "Region";
    public const string UrlSuffixSymbol = "URLSuffix";

    private static readonly Regex Account = new(@"\A[0-9]{12}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Whether it is a place; an event may say anything.</summary>
    public bool IsValid => Account.IsMatch(AccountId) && Partitions.IsRegion(Region);

    /// <summary>Whether a symbol stands for a part of the place.</summary>
    public static bool Has(string symbol) => symbol is AccountIdSymbol or PartitionSymbol or RegionSymbol or UrlSuffixSymbol;

    /// <summary>The value of a symbol; null if it is not a part of the place.</summary>
    public string? Value(string symbol) => symbol switch
    {
        AccountIdSymbol => AccountId,
        RegionSymbol => Region,
        PartitionSymbol => Partitions.Of(Region),
        UrlSuffixSymbol => Partitions.DnsSuffix(Region),
        _ => null,
    };
}
