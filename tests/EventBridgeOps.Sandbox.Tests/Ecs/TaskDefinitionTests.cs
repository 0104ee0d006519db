using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Ecs;

public sealed class TaskDefinitionTests : EcsTest
{
    [Fact]
    public async Task A_document_is_kept_whole_with_what_ecs_adds()
    {
        JsonElement definition = (await Ecs("RegisterTaskDefinition", """
            {"family":"api","cpu":"256","memory":"512","requiresCompatibilities":["FARGATE"],"networkMode":"awsvpc","newInAModel":{"a":1e3},"revision":99,
            "containerDefinitions":[{"name":"web","image":"busybox","secretNewMember":["x"],"environment":[{"name":"A","value":"ü"}]}],
            "tags":[{"key":"team","value":"mvp"}]}
            """)).Succeeded().Json.GetProperty("taskDefinition");
        Assert.Equal("""{"a":1e3}""", definition.GetProperty("newInAModel").GetRawText());
        Assert.Equal((Arns + "task-definition/api:1", 1, "ACTIVE"), (Text(definition, "taskDefinitionArn"), definition.GetProperty("revision").GetInt32(), Text(definition, "status")));
        Assert.Equal("""["EC2","FARGATE"]""", definition.GetProperty("compatibilities").GetRawText());
        JsonElement container = definition.GetProperty("containerDefinitions")[0];
        Assert.Equal(("""["x"]""", "ü", 0, true), (container.GetProperty("secretNewMember").GetRawText(), Text(container.GetProperty("environment")[0], "value"), container.GetProperty("cpu").GetInt32(), container.GetProperty("essential").GetBoolean()));

        JsonElement described = (await Ecs("DescribeTaskDefinition", """{"taskDefinition":"api","include":["TAGS"]}""")).Succeeded().Json;
        Assert.Equal(definition.GetRawText(), described.GetProperty("taskDefinition").GetRawText());
        Assert.Equal("""[{"key":"team","value":"mvp"}]""", described.GetProperty("tags").GetRawText());
        Assert.False((await Ecs("DescribeTaskDefinition", """{"taskDefinition":"api:1"}""")).Json.TryGetProperty("tags", out _));
    }

    [Fact]
    public async Task A_family_names_its_latest_active_revision_and_no_number_is_used_twice()
    {
        await RegisterTask("a:1");
        await RegisterTask("a:2");
        (await Ecs("DeregisterTaskDefinition", """{"taskDefinition":"api:2"}""")).Succeeded();
        Assert.Equal(1, await Revision("api"));
        Assert.Equal(2, await Revision("api:2"));
        Assert.EndsWith("api:3", await RegisterTask("a:3"), StringComparison.Ordinal);
        Assert.Equal(3, await Revision(Arns + "task-definition/api"));
        (await Ecs("DescribeTaskDefinition", """{"taskDefinition":"api:9"}""")).Failed(400, "ClientException", "Unable to describe task definition.");
        (await Ecs("DescribeTaskDefinition", """{"taskDefinition":"arn:aws:ecs:eu-west-1:999999999999:task-definition/api:1"}""")).Failed(400, "ClientException");
        (await Ecs("DeregisterTaskDefinition", """{"taskDefinition":"api"}""")).Failed(400, "ClientException", "Revision is missing.");
    }

    [Fact]
    public async Task Lists_sort_page_and_filter()
    {
        for (int i = 0; i < 11; i++)
            await RegisterTask("a", "b");
        await RegisterTask("a", "bb");
        await RegisterTask("a", "a");
        (await Ecs("DeregisterTaskDefinition", """{"taskDefinition":"a:1"}""")).Succeeded();
        List<string> ascending = await Pages(token => Ecs("ListTaskDefinitions", $$"""{"maxResults":4{{Continued("nextToken", token)}}}"""), "taskDefinitionArns", "");
        List<string> descending = await Pages(token => Ecs("ListTaskDefinitions", $$"""{"sort":"DESC","maxResults":5{{Continued("nextToken", token)}}}"""), "taskDefinitionArns", "");
        Assert.Equal((12, Arns + "task-definition/b:1", Arns + "task-definition/b:11", Arns + "task-definition/bb:1"), (ascending.Count, ascending[0], ascending[10], ascending[11]));
        Assert.Equal(Enumerable.Reverse(ascending), descending);
        Assert.Equal("{\"taskDefinitionArns\":[\"" + Arns + "task-definition/bb:1\"]}", (await Ecs("ListTaskDefinitions", """{"familyPrefix":"bb"}""")).Text);
        Assert.Equal("""{"families":["a","b","bb"]}""", (await Ecs("ListTaskDefinitionFamilies", "{}")).Text);
        Assert.Equal("""{"families":["a"]}""", (await Ecs("ListTaskDefinitionFamilies", """{"status":"INACTIVE"}""")).Text);
        Assert.Equal("""{"families":["b","bb"]}""", (await Ecs("ListTaskDefinitionFamilies", """{"status":"ACTIVE","familyPrefix":"b"}""")).Text);
        (await Ecs("ListTaskDefinitions", """{"nextToken":"x"}""")).Failed(400, "InvalidParameterException");
    }

    [Theory]
    [InlineData("""{"family":"a b","containerDefinitions":[{"name":"w","image":"i","memory":1}]}""", "Family contains invalid characters.")]
    [InlineData("""{"family":"a","containerDefinitions":[]}""", "Container list cannot be empty.")]
    [InlineData("""{"family":"a","containerDefinitions":[{"name":"w","memory":1}]}""", "Container.image should not be null or empty.")]
    [InlineData("""{"family":"a","containerDefinitions":[{"name":"w","image":"i"}]}""", "Invalid setting for container 'w'. At least one of 'memory' or 'memoryReservation' must be specified.")]
    [InlineData("""{"family":"a","requiresCompatibilities":["FARGATE"],"cpu":"256","memory":"4096","containerDefinitions":[{"name":"w","image":"i"}]}""", "No Fargate configuration exists for given values: 256 CPU, 4096 memory.")]
    [InlineData("""{"family":"a","containerDefinitions":[{"name":"w","image":"i","memory":1,"essential":false}]}""", "There must be at least one essential container.")]
    public async Task What_ecs_refuses_is_refused(string input, string message) =>
        (await Ecs("RegisterTaskDefinition", input)).Failed(400, "ClientException", message);

    private async Task<int> Revision(string reference) =>
        (await Ecs("DescribeTaskDefinition", $$"""{"taskDefinition":"{{reference}}"}""")).Succeeded().Json.GetProperty("taskDefinition").GetProperty("revision").GetInt32();
}
