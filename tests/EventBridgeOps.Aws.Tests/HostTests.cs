using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;

namespace EventBridgeOps.Aws.Tests;

/// <summary>Our host names are those of botocore, for every region of every partition.</summary>
public class HostTests
{
    [Theory]
    [InlineData("plain", false, false)]
    [InlineData("fips", true, false)]
    [InlineData("dualstack", false, true)]
    [InlineData("both", true, true)]
    public async Task Hosts_are_as_in_botocore(string variant, bool fips, bool dualStack)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Data", "hosts.json"), TestContext.Current.CancellationToken);
        JsonArray rows = JsonNode.Parse(text)!["hosts"]!.AsArray();

        IEnumerable<string> differences = rows.Select(row => (
                Service: (string)row!["service"]!, Region: (string)row["region"]!, Expected: (string)row[variant]!,
                Actual: ServiceHosts.Find(AwsService.All.Single(service => service.SigningName == (string)row["service"]!), (string)row["region"]!, fips, dualStack)))
            .Where(row => row.Expected != row.Actual)
            .Select(row => $"{row.Service} {row.Region}: {row.Expected}, not {row.Actual}");

        Assert.True(rows.Count > 150);
        Assert.Empty(differences);
    }

    [Fact]
    public void A_region_that_is_not_known_yet_goes_by_its_partitions_pattern()
    {
        Assert.Equal("events.eu-west-99.amazonaws.com", ServiceHosts.Find(AwsService.EventBridge, "eu-west-99", fips: false, dualStack: false));
        Assert.Equal("batch.cn-south-7.amazonaws.com.cn", ServiceHosts.Find(AwsService.Batch, "cn-south-7", fips: false, dualStack: false));
    }
}
