using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Lambda;

/// <summary>Functions and what is kept of them. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html and its neighbours.</summary>
public sealed class FunctionTests : LambdaTest
{
    private const string Root = "2015-03-31/functions";

    [Fact]
    public async Task FunctionIsCreatedChangedListedAndDeleted()
    {
        Answer created = await Lambda(HttpMethod.Post, Root, Definition("f", Zip(""), ""","Tags":{"a":"b"},"Environment":{"Variables":{"KEY":"value"}},"MemorySize":256"""));
        Assert.Equal((201, Functions + "f", "Active", 3), (created.Status, Text(created, "FunctionArn"), Text(created, "State"), created.Json.GetProperty("Timeout").GetInt32()));
        (await Lambda(HttpMethod.Post, Root, Definition("f", Zip("")))).Failed(409, "ResourceConflictException");

        Answer updated = (await Lambda(HttpMethod.Put, Root + "/f/configuration", """{"Timeout":9}""")).Succeeded();
        Assert.Equal((9, 256), (updated.Json.GetProperty("Timeout").GetInt32(), updated.Json.GetProperty("MemorySize").GetInt32()));
        Assert.NotEqual(Text(created, "RevisionId"), Text(updated, "RevisionId"));
        Answer code = (await Lambda(HttpMethod.Put, Root + "/f/code", $$"""{"ZipFile":"{{Zip("other")}}"}""")).Succeeded();
        Assert.NotEqual(Text(created, "CodeSha256"), Text(code, "CodeSha256"));
        JsonElement shown = (await Lambda(HttpMethod.Get, $"{Root}/{Uri.EscapeDataString(Functions + "f")}")).Succeeded().Json;
        Assert.Equal(("b", "value"), (shown.GetProperty("Tags").GetProperty("a").GetString(), shown.GetProperty("Configuration").GetProperty("Environment").GetProperty("Variables").GetProperty("KEY").GetString()));
        Assert.Equal("f", (await Lambda(HttpMethod.Get, Root + "/")).Succeeded().Json.GetProperty("Functions")[0].GetProperty("FunctionName").GetString());

        Assert.Equal(204, (await Lambda(HttpMethod.Delete, Root + "/f")).Status);
        Answer missing = await Lambda(HttpMethod.Get, Root + "/f/configuration");
        Assert.Equal((404, "ResourceNotFoundException", $"Function not found: {Functions}f"), (missing.Status, missing.ErrorCode, missing.Json.GetProperty("Message").GetString()));
    }

    [Theory]
    [InlineData("\"Runtime\":\"provided.al2023\"", "\"Runtime\":\"cobol85\"", "does not support the runtime cobol85")]
    [InlineData("\"Handler\":\"h\"", "\"Handler\":\"h\",\"Layers\":[\"arn:l\"]", "does not support Layers")]
    [InlineData("\"Handler\":\"h\"", "\"Handler\":\"h\",\"Publish\":true", "does not support Publish")]
    [InlineData("\"Handler\":\"h\"", "\"Handler\":\"h\",\"Environment\":{\"Variables\":{\"AWS_REGION\":\"x\"}}", "reserved keys")]
    [InlineData("\"ZipFile\":", "\"ImageUri\":\"b\",\"ZipFile\":", "does not support code from ImageUri")]
    [InlineData("\"ZipFile\":\"", "\"ZipFile\":\"AAAA", "Could not unzip")]
    public async Task WhatItDoesNotDoIsRefused(string part, string changed, string reason)
    {
        Answer refused = await Lambda(HttpMethod.Post, Root, Definition("f", Zip("")).Replace(part, changed));
        refused.Failed(400, "InvalidParameterValueException");
        Assert.Contains(reason, refused.Message);
    }

    [Fact]
    public async Task ZipWithAPathOutOfItsFolderIsRefused()
    {
        using MemoryStream zip = new();
        using (System.IO.Compression.ZipArchive archive = new(zip, System.IO.Compression.ZipArchiveMode.Create))
            archive.CreateEntry("../bootstrap");
        (await Lambda(HttpMethod.Post, Root, Definition("f", Convert.ToBase64String(zip.ToArray())))).Failed(400, "InvalidParameterValueException");
    }

    [Fact]
    public async Task PermissionsArePolicyStatements()
    {
        Assert.Equal(201, (await Lambda(HttpMethod.Post, Root, Definition("f", Zip("")))).Status);
        (await Lambda(HttpMethod.Get, Root + "/f/policy")).Failed(404, "ResourceNotFoundException");
        const string Permission = """{"StatementId":"s","Action":"lambda:InvokeFunction","Principal":"events.amazonaws.com","SourceArn":"arn:aws:events:eu-west-1:123456789012:rule/r"}""";
        Answer added = await Lambda(HttpMethod.Post, Root + "/f/policy", Permission);
        Assert.Equal(201, added.Status);
        Assert.Equal(
            $$$$"""{"Sid":"s","Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"{{{{Functions}}}}f","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:events:eu-west-1:123456789012:rule/r"}}}""",
            Text(added, "Statement"));
        (await Lambda(HttpMethod.Post, Root + "/f/policy", Permission)).Failed(409, "ResourceConflictException");
        Assert.Contains("\"Sid\":\"s\"", Text((await Lambda(HttpMethod.Get, Root + "/f/policy")).Succeeded(), "Policy"));
        Assert.Equal(204, (await Lambda(HttpMethod.Delete, Root + "/f/policy/s")).Status);
        (await Lambda(HttpMethod.Get, Root + "/f/policy")).Failed(404, "ResourceNotFoundException");
    }

    [Fact]
    public async Task EventInvokeConfigIsKept()
    {
        const string Path = "2019-09-25/functions/f/event-invoke-config";
        Assert.Equal(201, (await Lambda(HttpMethod.Post, Root, Definition("f", Zip("")))).Status);
        (await Lambda(HttpMethod.Get, Path)).Failed(404, "ResourceNotFoundException");
        (await Lambda(HttpMethod.Put, Path, """{"MaximumRetryAttempts":3}""")).Failed(400, "ValidationException");
        (await Lambda(HttpMethod.Put, Path, """{"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:s3:::bucket"}}}""")).Failed(400, "InvalidParameterValueException");
        (await Lambda(HttpMethod.Put, Path, """{"MaximumRetryAttempts":0}""")).Succeeded();
        JsonElement config = (await Lambda(HttpMethod.Post, Path, """{"MaximumEventAgeInSeconds":60}""")).Succeeded().Json;
        Assert.Equal((0, 60), (config.GetProperty("MaximumRetryAttempts").GetInt32(), config.GetProperty("MaximumEventAgeInSeconds").GetInt32()));
        Assert.Equal(204, (await Lambda(HttpMethod.Delete, Path)).Status);
        (await Lambda(HttpMethod.Get, Path)).Failed(404, "ResourceNotFoundException");
    }

    private static string? Text(Answer answer, string member) => answer.Json.GetProperty(member).GetString();
}
