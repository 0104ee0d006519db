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
        return $"{Prefix(service.SigningName, partition.name, fips, dualStack)}.{region}.{suffix}";
    }

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
