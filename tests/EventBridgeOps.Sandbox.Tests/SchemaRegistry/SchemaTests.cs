using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.SchemaRegistry;

/// <summary>EventBridge Schemas: https://docs.aws.amazon.com/eventbridge/latest/schema-reference/what-is-eventbridge-schemas.html and the service model.</summary>
public sealed class SchemaTests : SandboxTest
{
    private const string Registry = "v1/registries/name/shop";
    private const string Orders = Registry + "/schemas/name/shop.orders@OrderPlaced";
    private const string Draft4 = """{"$schema":"http://json-schema.org/draft-04/schema#","type":"object"}""";
    private const string OpenApi = """{"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{}}""";

    protected override SandboxOptions Options => new() { Seed = 1, PageSize = 2, TimeProvider = new ManualTimeProvider() };

    [Fact]
    public async Task RegistryHasItsWholeLife()
    {
        JsonElement made = (await Call(HttpMethod.Post, Registry, """{"Description":"d","tags":{"team":"a"}}""", 201)).Json;
        Assert.Equal("""{"Description":"d","RegistryArn":"arn:aws:schemas:eu-west-1:123456789012:registry/shop","RegistryName":"shop","tags":{"team":"a"}}""", made.GetRawText());
        await Refused(HttpMethod.Post, Registry, "{}", 409, "ConflictException", "Registry with name shop already exists.");
        Assert.Equal("e", (await Call(HttpMethod.Put, Registry, """{"Description":"e"}""")).Json.GetProperty("Description").GetString());
        Assert.Equal("e", (await Call(HttpMethod.Get, Registry)).Json.GetProperty("Description").GetString());
        await Create();
        await Refused(HttpMethod.Delete, Registry, "", 400, "BadRequestException", "Registry with name shop cannot be deleted because it contains schemas. Delete the schemas first.");
        await Call(HttpMethod.Delete, Orders, status: 204);
        await Call(HttpMethod.Delete, Registry, status: 204);
        await Refused(HttpMethod.Get, Registry, "", 404, "NotFoundException", "Registry with name shop does not exist.");
        await Refused(HttpMethod.Delete, Registry, "", 404, "NotFoundException");
    }

    [Fact]
    public async Task OtherContentIsAnotherVersion()
    {
        await Call(HttpMethod.Post, Registry, "{}", 201);
        JsonElement made = await Create();
        Assert.Equal("arn:aws:schemas:eu-west-1:123456789012:schema/shop/shop.orders@OrderPlaced", made.GetProperty("SchemaArn").GetString());
        Assert.Equal(("1", "JSONSchemaDraft4"), (made.GetProperty("SchemaVersion").GetString(), made.GetProperty("Type").GetString()));
        Assert.False(made.TryGetProperty("Content", out _));
        Assert.Equal("1", await Update(Draft4));
        Assert.Equal("2", await Update(OpenApi, "OpenApi3"));
        JsonElement newest = (await Call(HttpMethod.Get, Orders)).Json, first = (await Call(HttpMethod.Get, Orders + "?schemaVersion=1")).Json;
        Assert.Equal((OpenApi, "OpenApi3"), (newest.GetProperty("Content").GetString(), newest.GetProperty("Type").GetString()));
        Assert.Equal((Draft4, "1"), (first.GetProperty("Content").GetString(), first.GetProperty("SchemaVersion").GetString()));
        Assert.Equal(Draft4, (await Call(HttpMethod.Get, Orders + "/export?type=JSONSchemaDraft4&schemaVersion=1")).Json.GetProperty("Content").GetString());
        await Refused(HttpMethod.Get, Orders + "/export?type=JSONSchemaDraft4", "", 400, "BadRequestException");

        await Call(HttpMethod.Delete, Orders + "/version/2", status: 204);
        await Refused(HttpMethod.Get, Orders + "?schemaVersion=2", "", 404, "NotFoundException");
        await Refused(HttpMethod.Delete, Orders + "/version/1", "", 400, "BadRequestException");
        Assert.Equal("3", await Update("""{"type":"object","title":"t"}""")); // A number is not used again.
        Assert.Equal(["1", "3"], await Pages(token => Ask(HttpMethod.Get, Orders + "/versions?limit=1" + Next(token)), "SchemaVersions", "SchemaVersion"));

        async Task<string?> Update(string content, string type = "JSONSchemaDraft4") =>
            (await Call(HttpMethod.Put, Orders, $$"""{"Content":{{JsonSerializer.Serialize(content)}},"Type":"{{type}}"}""")).Json.GetProperty("SchemaVersion").GetString();
    }

    [Theory]
    [InlineData("JSONSchemaDraft4", """{"$schema":"https://json-schema.org/draft/2020-12/schema"}""", "Content is not a schema of JSON Schema Draft 4: its $schema is \"https://json-schema.org/draft/2020-12/schema\".")]
    [InlineData("JSONSchemaDraft4", """{"$schema":"http://json-schema.org/draft-07/schema#"}""", "Content is not a schema of JSON Schema Draft 4")]
    [InlineData("JSONSchemaDraft4", "[]", "Content is not a JSON object.")]
    [InlineData("JSONSchemaDraft4", "", "Content must have 1 to 100000 characters.")]
    [InlineData("JSONSchemaDraft7", "{}", "Type must be OpenApi3 or JSONSchemaDraft4.")]
    [InlineData("OpenApi3", """{"openapi":"3.1.0","info":{},"paths":{}}""", "openapi must be 3.0.x.")]
    [InlineData("OpenApi3", """{"openapi":"3.0.0","info":{}}""", "paths must be an object.")]
    public async Task SchemaOfAnotherKindIsRefused(string type, string content, string message)
    {
        await Call(HttpMethod.Post, Registry, "{}", 201);
        await Refused(HttpMethod.Post, Orders, $$"""{"Content":{{JsonSerializer.Serialize(content)}},"Type":"{{type}}"}""", 400, "BadRequestException", message);
        Assert.Empty((await Call(HttpMethod.Get, Registry + "/schemas")).Json.GetProperty("Schemas").EnumerateArray());
    }

    [Fact]
    public async Task ListsArePagedAndSearched()
    {
        foreach (string name in new[] { "a", "shop", "shop-2", "shop-3" })
            await Call(HttpMethod.Post, "v1/registries/name/" + name, "{}", 201);
        Assert.Equal(["shop", "shop-2", "shop-3"], await Pages(token => Ask(HttpMethod.Get, "v1/registries?registryNamePrefix=shop" + Next(token)), "Registries", "RegistryName"));
        Assert.Empty((await Call(HttpMethod.Get, "v1/registries?scope=AWS")).Json.GetProperty("Registries").EnumerateArray());
        await Create();
        foreach (string name in new[] { "b", "c", "d" })
            await Call(HttpMethod.Post, Registry + "/schemas/name/" + name, $$"""{"Content":"{\"title\":\"Fruit {{name}}\"}","Type":"JSONSchemaDraft4"}""", 201);
        Assert.Equal(["b", "c", "d", "shop.orders@OrderPlaced"], await Pages(token => Ask(HttpMethod.Get, Registry + "/schemas?limit=3" + Next(token)), "Schemas", "SchemaName"));
        Assert.Equal(["shop.orders@OrderPlaced"], await Pages(_ => Ask(HttpMethod.Get, Registry + "/schemas?schemaNamePrefix=shop."), "Schemas", "SchemaName"));
        Assert.Equal(["b", "c", "d"], await Pages(token => Ask(HttpMethod.Get, Registry + "/schemas/search?keywords=fruit%20title" + Next(token)), "Schemas", "SchemaName"));
        await Refused(HttpMethod.Get, "v1/registries?nextToken=bm9uZQ", "", 400, "BadRequestException");
    }

    [Fact]
    public async Task PolicyAndTagsAreKept()
    {
        await Call(HttpMethod.Post, Registry, "{}", 201);
        await Create();
        await Refused(HttpMethod.Get, "v1/policy?registryName=shop", "", 404, "NotFoundException");
        const string Policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"210987654321"},"Action":"schemas:*","Resource":"*"}]}""";
        string revision = (await Call(HttpMethod.Put, "v1/policy?registryName=shop", $$"""{"Policy":{{JsonSerializer.Serialize(Policy)}}}""")).Json.GetProperty("RevisionId").GetString()!;
        await Refused(HttpMethod.Put, "v1/policy?registryName=shop", $$"""{"Policy":{{JsonSerializer.Serialize(Policy)}},"RevisionId":"old"}""", 412, "PreconditionFailedException");
        JsonElement kept = (await Call(HttpMethod.Get, "v1/policy?registryName=shop")).Json;
        Assert.Equal((Policy, revision), (kept.GetProperty("Policy").GetString(), kept.GetProperty("RevisionId").GetString()));
        await Call(HttpMethod.Delete, "v1/policy?registryName=shop", status: 204);
        await Refused(HttpMethod.Delete, "v1/policy?registryName=shop", "", 404, "NotFoundException");

        foreach (string resource in new[] { "registry/shop", "schema/shop/shop.orders@OrderPlaced" })
        {
            string path = "tags/" + Uri.EscapeDataString("arn:aws:schemas:eu-west-1:123456789012:" + resource);
            await Call(HttpMethod.Post, path, """{"tags":{"a":"1","b":"2"}}""", 204);
            await Call(HttpMethod.Delete, path + "?tagKeys=a", status: 204);
            Assert.Equal("""{"tags":{"b":"2"}}""", (await Call(HttpMethod.Get, path)).Text);
        }

        await Refused(HttpMethod.Get, "tags/" + Uri.EscapeDataString("arn:aws:schemas:eu-west-1:123456789012:registry/none"), "", 404, "NotFoundException");
    }

    [Theory]
    [InlineData("aws.mine", "BadRequestException")]
    [InlineData("a%20b", "BadRequestException")]
    public async Task BadNameIsRefused(string name, string code) => await Refused(HttpMethod.Post, "v1/registries/name/" + name, "{}", 400, code);

    [Fact]
    public async Task WhatTheSandboxDoesNotHaveIsRefused()
    {
        Answer answer = await Ask(HttpMethod.Get, "v1/discoverers");
        Assert.Equal((400, "UnknownOperationException"), (answer.Status, answer.ErrorCode));
        await Refused(HttpMethod.Post, Registry, """{"Invented":1}""", 400, "BadRequestException");
    }

    private static string Next(string? token) => token is null ? "" : "&nextToken=" + Uri.EscapeDataString(token);

    private async Task<JsonElement> Create() =>
        (await Call(HttpMethod.Post, Orders, $$"""{"Content":{{JsonSerializer.Serialize(Draft4)}},"Type":"JSONSchemaDraft4"}""", 201)).Json;

    private Task<Answer> Ask(HttpMethod method, string path, string body = "") => Aws.Send("schemas", "/" + path, null, body, "application/json", method);

    private async Task<Answer> Call(HttpMethod method, string path, string body = "", int status = 200)
    {
        Answer answer = await Ask(method, path, body);
        Assert.True(answer.Status == status, $"{answer.Status} {answer.Text}");
        return answer;
    }

    private async Task Refused(HttpMethod method, string path, string body, int status, string code, string message = "")
    {
        Answer answer = await Ask(method, path, body);
        Assert.Equal((status, code, code), (answer.Status, answer.ErrorCode, answer.Json.GetProperty("Code").GetString()));
        Assert.Contains(message, answer.Json.GetProperty("Message").GetString());
    }
}
