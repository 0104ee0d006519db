using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Ssm;

/// <summary>Parameter Store: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html.</summary>
public sealed class ParameterTests : QueueTest
{
    [Fact]
    public async Task A_parameter_has_versions()
    {
        Assert.Equal("""{"Version":1,"Tier":"Standard"}""", (await Put("/app/config", "one")).Succeeded().Text);
        (await Put("/app/config", "two")).Failed(400, "ParameterAlreadyExists");
        Assert.Equal("""{"Version":2,"Tier":"Standard"}""", (await Put("/app/config", "two", ""","Overwrite":true""")).Succeeded().Text);
        Assert.Equal("two", await Value("/app/config"));
        Assert.Equal("one", await Value("/app/config:1"));
        Assert.Equal("two", await Value("arn:aws:ssm:eu-west-1:123456789012:parameter/app/config"));
        Assert.Equal(":1", (await Get("/app/config:1")).Json.GetProperty("Parameter").GetProperty("Selector").GetString());
        (await Get("/app/config:9")).Failed(400, "ParameterVersionNotFound", "Systems Manager could not find version 9 of /app/config. Verify the version and try again.");
        (await Get("/app/other")).Failed(400, "ParameterNotFound");
        (await Get("/app/config:live")).Failed(400, "ValidationException", "The sandbox does not support labels of parameters: /app/config:live names one. Name a version by its number instead.");
        (await Get("arn:aws:ssm:eu-west-1:999999999999:parameter/app/config")).Failed(400, "ParameterNotFound");
        Assert.Equal(["one", "two"], await Pages(token => Ssm("GetParameterHistory", $$"""{"Name":"/app/config","MaxResults":1{{Continued("NextToken", token)}}}"""), "Parameters", "Value"));

        (await Ssm("DeleteParameter", """{"Name":"/app/config"}""")).Succeeded();
        (await Ssm("DeleteParameter", """{"Name":"/app/config"}""")).Failed(400, "ParameterNotFound");
        Assert.Equal(1, (await Put("/app/config", "new")).Json.GetProperty("Version").GetInt32());
        (await Get("/app/config:2")).Failed(400, "ParameterVersionNotFound");
    }

    [Fact]
    public async Task A_secret_is_readable_with_decryption_only()
    {
        (await Put("secret", "hunter2", ""","Type":"SecureString" """)).Succeeded();
        string cipher = await Value("secret");
        Assert.StartsWith("AQICAH", cipher, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", System.Text.Encoding.Latin1.GetString(Convert.FromBase64String(cipher)), StringComparison.Ordinal);
        Assert.Equal("hunter2", (await Get("secret", ""","WithDecryption":true""")).Json.GetProperty("Parameter").GetProperty("Value").GetString());
        JsonElement described = (await Ssm("DescribeParameters", """{"ParameterFilters":[{"Key":"Type","Values":["SecureString"]}]}""")).Succeeded().Json.GetProperty("Parameters")[0];
        Assert.Equal("alias/aws/ssm", described.GetProperty("KeyId").GetString());
        Assert.False(described.TryGetProperty("Value", out _));
        (await Put("secret", "x", ""","Overwrite":true,"Type":"String" """)).Failed(400, "HierarchyTypeMismatchException");
    }

    [Fact]
    public async Task Paths_are_read_by_level_and_page()
    {
        foreach (string name in new[] { "/a/1", "/a/2", "/a/b/3", "/ab/4", "a" })
            (await Put(name, "v")).Succeeded();
        Assert.Equal(["/a/1", "/a/2"], await ByPath("/a", ""));
        Assert.Equal(["/a/1", "/a/2", "/a/b/3"], await ByPath("/a/", ""","Recursive":true,"MaxResults":2"""));
        (await Ssm("GetParametersByPath", """{"Path":"a"}""")).Failed(400, "ValidationException");
        (await Ssm("GetParametersByPath", """{"Path":"/","MaxResults":11}""")).Failed(400, "ValidationException");
        JsonElement many = (await Ssm("GetParameters", """{"Names":["/a/1","/a/9","a:1"]}""")).Succeeded().Json;
        Assert.Equal((2, """["/a/9"]"""), (many.GetProperty("Parameters").GetArrayLength(), many.GetProperty("InvalidParameters").GetRawText()));
        Assert.Equal("""{"DeletedParameters":["/a/1"],"InvalidParameters":["x"]}""", (await Ssm("DeleteParameters", """{"Names":["/a/1","x"]}""")).Text);
    }

    [Theory]
    [InlineData("ssm-x", "", "ValidationException")]
    [InlineData("AwsX", "", "ValidationException")]
    [InlineData("/aws/x", "", "AccessDeniedException")]
    [InlineData("a/b", "", "ValidationException")]
    [InlineData("/a//b", "", "ValidationException")]
    [InlineData("/a b", "", "ValidationException")]
    [InlineData("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", "", "HierarchyLevelLimitExceededException")]
    [InlineData("ok", ""","DataType":"aws:ec2:image" """, "ValidationException")]
    [InlineData("ok", ""","Policies":"[{}]" """, "ValidationException")]
    [InlineData("ok", ""","AllowedPattern":"\\d+" """, "ParameterPatternMismatchException")]
    [InlineData("ok", ""","Overwrite":true,"Tags":[{"Key":"a","Value":"b"}]""", "ValidationException")]
    public async Task What_the_service_refuses_is_refused(string name, string more, string code) => (await Put(name, "value", more)).Failed(400, code);

    [Fact]
    public async Task The_tier_limits_the_size()
    {
        string large = new('x', 4097);
        (await Put("p", large)).Failed(400, "ValidationException");
        Assert.Equal("Advanced", (await Put("p", large, ""","Tier":"Intelligent-Tiering" """)).Succeeded().Json.GetProperty("Tier").GetString());
        (await Put("p", "v", ""","Overwrite":true,"Tier":"Standard" """)).Failed(400, "ValidationException");
        (await Put("p", new string('x', 8193), ""","Overwrite":true,"Tier":"Advanced" """)).Failed(400, "ValidationException");
    }

    [Fact]
    public async Task Tags_are_those_of_the_parameter()
    {
        (await Put("p", "v", ""","Tags":[{"Key":"a","Value":"1"}]""")).Succeeded();
        const string Resource = """ "ResourceType":"Parameter","ResourceId":"p" """;
        (await Ssm("AddTagsToResource", $$"""{{{Resource}},"Tags":[{"Key":"b","Value":"2"}]}""")).Succeeded();
        (await Ssm("RemoveTagsFromResource", $$"""{{{Resource}},"TagKeys":["a"]}""")).Succeeded();
        Assert.Equal("""{"TagList":[{"Key":"b","Value":"2"}]}""", (await Ssm("ListTagsForResource", $$"""{{{Resource}}}""")).Text);
        (await Ssm("ListTagsForResource", """{"ResourceType":"Parameter","ResourceId":"q"}""")).Failed(400, "InvalidResourceId");
    }

    [Fact]
    public async Task A_change_is_an_event()
    {
        await MakeQueue("q");
        (await PutAnyRule("changes", """ "EventPattern":"{\"source\":[\"aws.ssm\"]}" """)).Succeeded();
        (await PutTargets("changes", QueueTarget("q"))).Succeeded();
        (await Put("/p", "v", ""","Description":"d" """)).Succeeded();
        JsonElement sent = Assert.Single(await Take("q"));
        Assert.Equal("Parameter Store Change", sent.GetProperty("detail-type").GetString());
        Assert.Equal("""{"operation":"Create","name":"/p","type":"String","description":"d"}""", sent.GetProperty("detail").GetRawText());
    }

    private Task<Answer> Ssm(string operation, string input) => Aws.Send("ssm", "/", "AmazonSSM." + operation, input);

    private Task<Answer> Put(string name, string value, string more = "") =>
        Ssm("PutParameter", $$"""{"Name":"{{name}}","Value":"{{value}}"{{(more.Contains("\"Type\"", StringComparison.Ordinal) ? "" : ",\"Type\":\"String\"")}}{{more}}}""");

    private Task<Answer> Get(string name, string more = "") => Ssm("GetParameter", $$"""{"Name":"{{name}}"{{more}}}""");

    private async Task<string> Value(string name) => (await Get(name)).Succeeded().Json.GetProperty("Parameter").GetProperty("Value").GetString()!;

    private Task<List<string>> ByPath(string path, string more) =>
        Pages(token => Ssm("GetParametersByPath", $$"""{"Path":"{{path}}"{{more}}{{Continued("NextToken", token)}}}"""), "Parameters", "Name");
}
