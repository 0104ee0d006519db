using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Ecs;

public sealed class ServiceTests : EcsTest
{
    [Fact]
    public async Task A_service_has_a_life()
    {
        await MakeService();
        JsonElement service = await Service();
        Assert.Equal((Arns + "service/c/api", "ACTIVE", 1, 1), (Text(service, "serviceArn"), Text(service, "status"), service.GetProperty("desiredCount").GetInt32(), service.GetProperty("runningCount").GetInt32()));
        Assert.Equal(1, (await Ecs("DescribeClusters", """{"clusters":["c"]}""")).Succeeded().Json.GetProperty("clusters")[0].GetProperty("activeServicesCount").GetInt32());
        (await Ecs("DeleteCluster", """{"cluster":"c"}""")).Failed(400, "ClusterContainsServicesException");
        (await Ecs("DeleteService", """{"cluster":"c","service":"api"}""")).Failed(400, "InvalidParameterException", "The service cannot be stopped while it is scaled above 0.");

        (await Update(""","desiredCount":0""")).Succeeded();
        Assert.Equal(["PRIMARY COMPLETED api:1"], await Deployments()); // Another count is no deployment.
        Assert.Equal("INACTIVE", Text((await Ecs("DeleteService", """{"cluster":"c","service":"api"}""")).Succeeded().Json.GetProperty("service"), "status"));
        Assert.Equal("INACTIVE", Text(await Service(), "status"));
        Assert.Equal("""{"serviceArns":[]}""", (await Ecs("ListServices", """{"cluster":"c"}""")).Text);
        (await Update(""","desiredCount":1""")).Failed(400, "ServiceNotActiveException", "Service was not ACTIVE.");
        Assert.Equal("INACTIVE", Text((await Ecs("DeleteCluster", """{"cluster":"c"}""")).Succeeded().Json.GetProperty("cluster"), "status"));
        (await Ecs("ListServices", """{"cluster":"c"}""")).Failed(400, "ClusterNotFoundException", "Cluster not found.");
    }

    [Fact]
    public async Task A_deletion_by_force_drains_the_tasks_and_frees_the_name()
    {
        await MakeService();
        Assert.Equal("DRAINING", Text((await Ecs("DeleteService", """{"cluster":"c","service":"api","force":true}""")).Succeeded().Json.GetProperty("service"), "status"));
        (await Create()).Failed(400, "InvalidParameterException", "Unable to Start a service that is still Draining.");
        Server.AdvanceTime(Soon);
        Assert.Equal("INACTIVE", Text(await Service(), "status"));
        (await Create()).Succeeded();
        Assert.Equal(["PRIMARY IN_PROGRESS api:1"], await Deployments());
    }

    [Fact]
    public async Task Missing_ones_are_failures_and_references_may_be_arns()
    {
        await MakeService();
        JsonElement answer = (await Ecs("DescribeServices", $$"""{"cluster":"{{Arns}}cluster/c","services":["{{Arns}}service/c/api","other"]}""")).Succeeded().Json;
        Assert.Equal(1, answer.GetProperty("services").GetArrayLength());
        Assert.Equal($$"""[{"arn":"{{Arns}}service/c/other","reason":"MISSING"}]""", answer.GetProperty("failures").GetRawText());
        Assert.Equal($$"""[{"arn":"{{Arns}}cluster/x","reason":"MISSING"}]""", (await Ecs("DescribeClusters", """{"clusters":["x"]}""")).Json.GetProperty("failures").GetRawText());
        (await Ecs("DescribeServices", $$"""{"services":["{{Arns}}service/c/api"]}""")).Failed(400, "ClusterNotFoundException");
        (await Update(""","taskDefinition":"other" """)).Failed(400, "ClientException", "TaskDefinition not found.");
        (await Ecs("UpdateService", """{"cluster":"c","service":"other"}""")).Failed(400, "ServiceNotFoundException", "Service not found.");
        (await Ecs("DeregisterTaskDefinition", """{"taskDefinition":"api:1"}""")).Succeeded();
        (await Update(""","taskDefinition":"api:1" """)).Failed(400, "ClientException", "TaskDefinition is inactive");
    }

    [Fact]
    public async Task The_same_token_again_answers_the_same_service()
    {
        await MakeService(more: ""","clientToken":"t","tags":[{"key":"a","value":"b"}]""");
        Assert.Equal(Text(await Service(), "createdAt"), Text((await Create(""","clientToken":"t" """)).Succeeded().Json.GetProperty("service"), "createdAt"));
        (await Create()).Failed(400, "InvalidParameterException", "Creation of service was not idempotent.");

        static string Text(JsonElement service, string name) => service.GetProperty(name).GetRawText();
    }

    [Fact]
    public async Task Tags_are_those_of_the_resource()
    {
        await MakeService(more: ""","tags":[{"key":"a","value":"1"}]""");
        string arn = Arns + "service/c/api";
        (await Ecs("TagResource", $$"""{"resourceArn":"{{arn}}","tags":[{"key":"b","value":"2"}]}""")).Succeeded();
        (await Ecs("UntagResource", $$"""{"resourceArn":"{{arn}}","tagKeys":["a"]}""")).Succeeded();
        Assert.Equal("""{"tags":[{"key":"b","value":"2"}]}""", (await Ecs("ListTagsForResource", $$"""{"resourceArn":"{{arn}}"}""")).Text);
        Assert.Equal("""[{"key":"b","value":"2"}]""", (await Ecs("DescribeServices", """{"cluster":"c","services":["api"],"include":["TAGS"]}""")).Json.GetProperty("services")[0].GetProperty("tags").GetRawText());
        (await Ecs("TagResource", $$"""{"resourceArn":"{{arn}}s","tags":[{"key":"b","value":"2"}]}""")).Failed(400, "ResourceNotFoundException");
    }

    [Theory]
    [InlineData(""","deploymentConfiguration":{"strategy":"BLUE_GREEN"}""")]
    [InlineData(""","deploymentConfiguration":{"deploymentCircuitBreaker":{"enable":true}}""")]
    [InlineData(""","deploymentController":{"type":"CODE_DEPLOY"}""")]
    [InlineData(""","volumeConfigurations":[]""")]
    [InlineData(""","desiredCount":-1""")]
    public async Task What_would_be_ignored_is_refused(string more)
    {
        await MakeService();
        (await Update(more)).Failed(400, "InvalidParameterException");
        Assert.Equal(["PRIMARY COMPLETED api:1"], await Deployments());
    }

    private Task<Answer> Create(string more = "") => Ecs("CreateService", $$"""{"cluster":"c","serviceName":"api","taskDefinition":"api","desiredCount":1{{more}}}""");
}
