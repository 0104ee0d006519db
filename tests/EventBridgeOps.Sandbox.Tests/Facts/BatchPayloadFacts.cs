using System.Text.Json;
using EventBridgeOps.Sandbox.Deliveries;

namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>What a job takes from the input of its target. Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html, "AWS Batch job queue".</summary>
public sealed class BatchPayloadFacts : FactTest
{
    [Fact]
    public async Task OverridesParametersAndDependenciesAreTakenByTheirCapitalisedNames()
    {
        await MakeBatch();
        string first = (await Aws.Batch("SubmitJob", """{"jobName":"first","jobQueue":"main","jobDefinition":"job"}""")).Succeeded().Json.GetProperty("jobId").GetString()!;
        JsonElement job = await Run($$"""{"ContainerOverrides":{"Command":["ocr"],"Environment":[{"Name":"JOB_ID","Value":"7"}],"Memory":4096,"Vcpus":2},"Parameters":{"k":"v"},"DependsOn":[{"JobId":"{{first}}"}]}""");
        JsonElement container = job.GetProperty("container");
        Assert.Equal("""["ocr"]""", container.GetProperty("command").GetRawText());
        Assert.Equal("""[{"name":"JOB_ID","value":"7"}]""", container.GetProperty("environment").GetRawText());
        Assert.Equal((4096, 2), (container.GetProperty("memory").GetInt32(), container.GetProperty("vcpus").GetInt32()));
        Assert.Equal("""{"k":"v"}""", job.GetProperty("parameters").GetRawText());
        Assert.Equal(first, job.GetProperty("dependsOn")[0].GetProperty("jobId").GetString());
    }

    [Theory]
    [InlineData("""{"containerOverrides":{"command":["ocr"]}}""")]
    [InlineData("""{"ContainerOverrides":{"command":["ocr"],"InstanceType":"m5.large"}}""")]
    [InlineData("""{"JobName":"other","JobDefinition":"job:9","ShareIdentifier":"x","RetryStrategy":{"Attempts":9}}""")]
    [InlineData("""{"parameters":{"k":"v"}}""")]
    [InlineData("\"text\"")]
    [InlineData("[1]")]
    public async Task OtherKeysAreIgnored(string input)
    {
        await MakeBatch();
        JsonElement job = await Run(input);
        Assert.Equal(DeliveryOutcome.Delivered, Delivery().Outcome);
        Assert.Equal("job", job.GetProperty("jobName").GetString());
        Assert.EndsWith("/job:1", job.GetProperty("jobDefinition").GetString(), StringComparison.Ordinal);
        Assert.False(job.GetProperty("container").TryGetProperty("command", out JsonElement command) && command.GetArrayLength() > 0);
        Assert.Equal("{}", job.GetProperty("parameters").GetRawText());
        Assert.False(job.TryGetProperty("retryStrategy", out _));
    }

    private async Task<JsonElement> Run(string input)
    {
        await RuleWith(Target("t", more: $",\"Input\":{JsonSerializer.Serialize(input)}"));
        await Send();
        string id = (await Aws.Batch("ListJobs", """{"jobQueue":"main","filters":[{"name":"JOB_NAME","values":["job"]}]}""")).Succeeded().Json.GetProperty("jobSummaryList")[0].GetProperty("jobId").GetString()!;
        return (await Aws.Batch("DescribeJobs", $$"""{"jobs":["{{id}}"]}""")).Succeeded().Json.GetProperty("jobs")[0];
    }
}
