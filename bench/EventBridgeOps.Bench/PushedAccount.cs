using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Bench;

/// <summary>An account in which an image was pushed that some of many job definitions should run, and what is to become of them.</summary>
internal static class PushedAccount
{
    public const string Repository = "team/app";
    public const string Tag = "v42";
    public const int JobDefinitions = 500;
    public const int Running = 60;

    private const int Revisions = 2;
    private const string Registry = "123456789012.dkr.ecr." + StaleAccount.Region + ".amazonaws.com";

    /// <summary>The account as a saved state, made by calls to a sandbox that has neither quota nor latency.</summary>
    public static async Task<byte[]> BuildAsync()
    {
        await using SandboxServer server = await SandboxServer.StartAsync(new() { Region = StaleAccount.Region });
        using HttpClient http = new() { BaseAddress = server.Endpoint };

        await EcrAsync("CreateRepository", $$"""{"repositoryName":"{{Repository}}"}""");
        await EcrAsync("PutImage", $$"""{"repositoryName":"{{Repository}}","imageTag":"{{Tag}}","imageManifest":"{\"schemaVersion\":2}"}""");
        for (int i = 0; i < JobDefinitions; i++)
        {
            for (int revision = 1; revision <= Revisions; revision++)
                await SendAsync("batch", "/v1/registerjobdefinition", null, JobDefinition(i, revision));
        }

        return await http.GetByteArrayAsync("_sandbox/state");

        Task EcrAsync(string operation, string input) => SendAsync("ecr", "/", "AmazonEC2ContainerRegistry_V20150921." + operation, input);

        async Task SendAsync(string service, string path, string? target, string input)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, path);
            request.Content = new StringContent(input, Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.1"));
            if (target is not null)
                request.Headers.Add("X-Amz-Target", target);
            request.Headers.TryAddWithoutValidation(
                "Authorization", $"AWS4-HMAC-SHA256 Credential=sandbox/20260101/{StaleAccount.Region}/{service}/aws4_request, SignedHeaders=host, Signature=none");
            using HttpResponseMessage response = await http.SendAsync(request);
            if (!response.IsSuccessStatusCode)
                throw new InvalidOperationException($"{service}: {await response.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>How many job definitions have one new revision with the image and, tags aside, nothing else changed; or what is wrong.</summary>
    public static (int Updated, string? Problem) Compare(byte[] before, byte[] after)
    {
        (JsonObject? was, JsonObject? now) = (DefinitionsOf(before), DefinitionsOf(after));
        int updated = 0;
        foreach ((string? key, JsonNode? definition) in now)
        {
            if (was.ContainsKey(key))
            {
                if (!JsonNode.DeepEquals(was[key], definition))
                    return (updated, $"{key} is not as it was");
                continue;
            }

            string name = (string)definition!["jobDefinitionName"]!;
            JsonNode expected = was[$"{name}:{Revisions}"]!.DeepClone();
            expected["containerProperties"]!["image"] = $"{Registry}/{Repository}:{Tag}";
            if (!JsonNode.DeepEquals(Comparable(expected), Comparable(definition)) || key != $"{name}:{Revisions + 1}")
                return (updated, $"{key} differs in more than its image: {definition.ToJsonString()}");
            updated++;
        }

        return (updated, null);
    }

    private static JsonObject DefinitionsOf(byte[] state) => JsonNode.Parse(state)!["regions"]![StaleAccount.Region]!["jobDefinitions"]!.AsObject();

    private static JsonObject Comparable(JsonNode definition)
    {
        JsonObject copy = definition.DeepClone().AsObject();
        foreach (string? field in new[] { "revision", "jobDefinitionArn", "tags" })
            copy.Remove(field);
        return copy;
    }

    private static string JobDefinition(int number, int revision)
    {
        string repository = number * Running / JobDefinitions != (number + 1) * Running / JobDefinitions ? Repository : $"team/other-{number % 20}";
        return $$$"""
            {"jobDefinitionName":"job-{{{number:000}}}","type":"container","containerProperties":{"image":"{{{Registry}}}/{{{repository}}}:v{{{39 + revision}}}",
            "command":["run"],"resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"2048"}],"environment":[{"name":"STAGE","value":"bench"}]},
            "retryStrategy":{"attempts":2},"timeout":{"attemptDurationSeconds":3600},"tags":{"team":"bench"}}
            """;
    }
}
