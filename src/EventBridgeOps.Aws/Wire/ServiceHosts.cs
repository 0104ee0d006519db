using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace EventBridgeOps.Aws.Wire;

/// <summary>The host names of the services, in all partitions, plain, FIPS and dual-stack.</summary>
/// <remarks>From the endpoint rule sets of the services: https://docs.aws.amazon.com/general/latest/gr/rande.html.</remarks>
internal static class ServiceHosts
{
    public static string Find(AwsService service, string region, bool fips, bool dualStack)
    {
        Partition partition = Fn.Partition(region);
        string suffix = dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;
        if (service == AwsService.Iam && GlobalHost(partition.name, fips, dualStack) is { } host)
            return host;
        return $"{Prefix(service.SigningName, partition.name, fips, dualStack)}.{region}.{suffix}";
    }

    /// <summary>The Region of the one endpoint of IAM in a partition, with which its requests are signed: https://docs.aws.amazon.com/general/latest/gr/iam-service.html.</summary>
    public static string RegionOfIam(string region) => Fn.Partition(region).name switch
    {
        "aws" => "us-east-1",
        "aws-cn" => "cn-north-1",
        "aws-us-gov" => "us-gov-west-1",
        "aws-iso" => "us-iso-east-1",
        "aws-iso-b" => "us-isob-east-1",
        "aws-iso-f" => "us-isof-south-1",
        _ => region,
    };

    /// <summary>The host of IAM where it does not name a Region.</summary>
    private static string? GlobalHost(string partition, bool fips, bool dualStack) => (partition, fips, dualStack) switch
    {
        ("aws", false, false) => "iam.amazonaws.com",
        ("aws", true, false) => "iam-fips.amazonaws.com",
        ("aws", false, true) => "iam.global.api.aws",
        ("aws-us-gov", _, false) => "iam.us-gov.amazonaws.com",
        _ => null,
    };

    private static string Prefix(string name, string partition, bool fips, bool dualStack) => (name, partition, fips, dualStack) switch
    {
        ("ecr", _, false, false) => "api.ecr",
        ("ecr", _, true, false) => "api.ecr-fips",
        // In GovCloud some plain endpoints are FIPS endpoints already.
        ("events", "aws-us-gov", true, _) => name,
        ("batch" or "sqs" or "sts", "aws-us-gov", true, false) => name,
        ("batch", "aws", true, false) => "fips.batch",
        (_, _, true, _) => name + "-fips",
        _ => name,
    };
}
