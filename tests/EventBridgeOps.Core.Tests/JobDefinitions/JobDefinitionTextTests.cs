using EventBridgeOps.JobDefinitions;

namespace EventBridgeOps.Core.Tests.JobDefinitions;

public class JobDefinitionTextTests
{
    private const string Arn = "arn:aws:batch:eu-west-1:123456789012:job-definition/";

    [Theory]
    [InlineData("job:12", "job:12")]
    [InlineData("job", "job")]
    [InlineData(Arn + "job:12", "job:12")]
    [InlineData("no reference!", "no reference!")]
    public void A_reference_is_short_without_the_rest_of_an_arn(string reference, string expected) =>
        Assert.Equal(expected, JobDefinitionText.Short(reference));

    [Theory]
    [InlineData("job:12", "job:14", "job:12 -> :14")]
    [InlineData(Arn + "job:12", Arn + "job:14", "job:12 -> :14")]
    [InlineData("job:12", "job", "job:12 -> floating")]
    [InlineData("job", "job:14", "job -> :14")]
    [InlineData("job:12", "job:12", "job:12")]
    [InlineData("job:12", "other:1", "job:12 -> other:1")]
    [InlineData("no reference!", "job:1", "no reference! -> job:1")]
    [InlineData(null, "job:1", "job:1")]
    [InlineData("job:1", null, "job:1")]
    [InlineData(null, null, "-")]
    public void A_step_names_the_job_definition_once(string? from, string? to, string expected) =>
        Assert.Equal(expected, JobDefinitionText.Step(from, to));
}
