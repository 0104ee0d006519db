using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.ServiceQuotas;

/// <summary>Quotas: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html.</summary>
public sealed class QuotaTests : SandboxTest
{
    protected override SandboxOptions Options => new() { Seed = 1, PageSize = 3 };

    [Theory]
    [InlineData("events", "L-658A4FD9", "Event buses", 100)]
    [InlineData("events", "L-9B653E91", "PutEvents throttle limit in transactions per second", 10_000)]
    [InlineData("schemas", "L-EE9E5FA9", "Schemas", 100)]
    public async Task QuotaHasItsValueInTheRegion(string service, string code, string name, double value)
    {
        JsonElement quota = (await Ask("GetServiceQuota", $$"""{"ServiceCode":"{{service}}","QuotaCode":"{{code}}"}""")).Succeeded().Json.GetProperty("Quota");
        Assert.Equal((name, value), (quota.GetProperty("QuotaName").GetString(), quota.GetProperty("Value").GetDouble()));
        Assert.Equal($"arn:aws:servicequotas:eu-west-1:123456789012:{service}/{code}", quota.GetProperty("QuotaArn").GetString());
    }

    [Fact]
    public async Task QuotasAreListedPageByPage()
    {
        Assert.Equal(
            ["Discoverers", "DiscoveredSchemas", "SchemaVersions", "Registries", "Schemas"],
            await Pages(token => Ask("ListServiceQuotas", $$"""{"ServiceCode":"schemas"{{Continued("NextToken", token)}}}"""), "Quotas", "QuotaName"));
        (await Ask("GetServiceQuota", """{"ServiceCode":"events","QuotaCode":"L-00000000"}""")).Failed(400, "NoSuchResourceException");
        (await Ask("ListServiceQuotas", """{"ServiceCode":"ec2"}""")).Failed(400, "NoSuchResourceException");
        (await Ask("ListServiceQuotas", "{}")).Failed(400, "ValidationException");
    }

    private Task<Answer> Ask(string operation, string input) => Aws.Send("servicequotas", "/", "ServiceQuotasV20190624." + operation, input);
}
