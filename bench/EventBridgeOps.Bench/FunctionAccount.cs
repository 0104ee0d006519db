using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Bench;

/// <summary>An account with images that are announced to a function one after the other, a job definition that runs them, and a target on it among other rules.</summary>
internal static class FunctionAccount
{
    public const string Table = "automation";

    private const string Repository = "team/app";
    private const string Account = "123456789012";
    private const string Registry = Account + ".dkr.ecr." + StaleAccount.Region + ".amazonaws.com";
    private const int OtherRules = 5;

    /// <summary>The account as a saved state, and the events of the pushes, oldest first.</summary>
    /// <param name="pushes">How many.</param>
    public static async Task<(byte[] State, IReadOnlyList<string> Pushes)> BuildAsync(int pushes)
    {
        await using SandboxServer server = await SandboxServer.StartAsync(new() { Region = StaleAccount.Region });
        using HttpClient http = new() { BaseAddress = server.Endpoint };
        await SendAsync("dynamodb", "DynamoDB_20120810.CreateTable", $$"""
            {"TableName":"{{Table}}","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"at","AttributeType":"S"}],
             "KeySchema":[{"AttributeName":"id","KeyType":"HASH"},{"AttributeName":"at","KeyType":"RANGE"}]}
            """);
        await SendAsync("ecr", "AmazonEC2ContainerRegistry_V20150921.CreateRepository", $$"""{"repositoryName":"{{Repository}}"}""");
        await BatchAsync("registerjobdefinition", JobDefinition("job", $"{Registry}/{Repository}:v0"));
        await BatchAsync("registerjobdefinition", JobDefinition("other", $"{Registry}/team/other:v0"));
        await BatchAsync("createcomputeenvironment", """{"computeEnvironmentName":"e","type":"MANAGED"}""");
        await BatchAsync("createjobqueue", """{"jobQueueName":"q","priority":1,"state":"ENABLED","computeEnvironmentOrder":[{"order":1,"computeEnvironment":"e"}]}""");
        await RuleAsync("uploads", "job:1");
        for (int i = 0; i < OtherRules; i++)
            await RuleAsync($"other-{i}", "other:1");

        List<string> events = [];
        for (int i = 1; i <= pushes; i++)
        {
            JsonNode image = JsonNode.Parse(await SendAsync("ecr", "AmazonEC2ContainerRegistry_V20150921.PutImage", $$$"""
                {"repositoryName":"{{{Repository}}}","imageTag":"v{{{i}}}","imageManifest":"{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":{\"digest\":\"{{{i}}}\"}}"}
                """))!["image"]!;
            events.Add($$$"""
                {"version":"0","id":"push-{{{i}}}","detail-type":"ECR Image Action","source":"aws.ecr","account":"{{{Account}}}","time":"2026-11-27T10:{{{i / 60:00}}}:{{{i % 60:00}}}Z","region":"{{{StaleAccount.Region}}}","resources":[],
                 "detail":{"result":"SUCCESS","repository-name":"{{{Repository}}}","image-digest":"{{{(string?)image["imageId"]!["imageDigest"]}}}","action-type":"PUSH","image-tag":"v{{{i}}}"}}
                """);
        }

        return (await http.GetByteArrayAsync("_sandbox/state"), events);

        async Task RuleAsync(string name, string jobDefinition)
        {
            await SendAsync("events", "AWSEvents.PutRule", $$"""{"Name":"{{name}}","EventPattern":"{\"source\":[\"s\"]}"}""");
            await SendAsync("events", "AWSEvents.PutTargets", $$$$"""
                {"Rule":"{{{{name}}}}","Targets":[{"Id":"t","Arn":"arn:aws:batch:{{{{StaleAccount.Region}}}}:{{{{Account}}}}:job-queue/q","RoleArn":"arn:aws:iam::{{{{Account}}}}:role/r","BatchParameters":{"JobDefinition":"{{{{jobDefinition}}}}","JobName":"n"}}]}
                """);
        }

        Task<string> BatchAsync(string operation, string input) => SendAsync("batch", null, input, "/v1/" + operation);

        async Task<string> SendAsync(string service, string? target, string input, string path = "/")
        {
            using HttpRequestMessage request = new(HttpMethod.Post, path);
            request.Content = new StringContent(input, Encoding.UTF8, new MediaTypeHeaderValue(service == "dynamodb" ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1"));
            if (target is not null)
                request.Headers.Add("X-Amz-Target", target);
            request.Headers.TryAddWithoutValidation(
                "Authorization", $"AWS4-HMAC-SHA256 Credential=sandbox/20260101/{StaleAccount.Region}/{service}/aws4_request, SignedHeaders=host, Signature=none");
            using HttpResponseMessage response = await http.SendAsync(request);
            string answer = await response.Content.ReadAsStringAsync();
            return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException($"{service}: {answer}");
        }
    }

    /// <summary>What is wrong after so many pushes; null if each has one revision, and the target is on the last.</summary>
    public static string? Problem(byte[] state, int pushes)
    {
        JsonNode region = JsonNode.Parse(state)!["regions"]![StaleAccount.Region]!;
        JsonObject definitions = region["jobDefinitions"]!.AsObject();
        int latest = pushes + 1;
        if (definitions.Count(definition => (string?)definition.Value!["jobDefinitionName"] == "job") != latest)
            return "not one revision for each push";
        if ((string?)definitions[$"job:{latest}"]?["containerProperties"]!["image"] != $"{Registry}/{Repository}:v{pushes}")
            return "the last revision does not run the last image";
        string targets = region.ToJsonString();
        string number = latest.ToString(CultureInfo.InvariantCulture);
        return targets.Contains($"\"JobDefinition\":\"job:{number}\"", StringComparison.Ordinal) ? null : "the target does not follow";
    }

    private static string JobDefinition(string name, string image) => $$$"""
        {"jobDefinitionName":"{{{name}}}","type":"container","containerProperties":{"image":"{{{image}}}","command":["run"],
         "resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"2048"}],"environment":[{"name":"STAGE","value":"bench"}]},"retryStrategy":{"attempts":2}}
        """;
}
