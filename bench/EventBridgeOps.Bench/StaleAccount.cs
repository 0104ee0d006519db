using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Bench;

/// <summary>An account in which every target is pinned to an old revision, and what is to become of it.</summary>
internal static class StaleAccount
{
    public const string Region = "eu-west-1";
    public const int Rules = 200;
    public const int TargetsPerRule = 5;
    public const int Targets = Rules * TargetsPerRule;
    public const int JobDefinitions = 20;

    private const string Account = "123456789012";
    private const int Queues = 4;
    private const int Revisions = 8;
    private const int Deregistered = 3;

    private static readonly string[] Buses = ["default", "development", "production", "staging"];

    /// <summary>The calls, by service, of a script that lists buses, rules and targets once, and does two calls for each target.</summary>
    public static int[] CallsOneByOne => [1 + Buses.Length + Rules + Targets, Targets];

    /// <summary>The account as a saved state, made by calls to a sandbox that has neither quota nor latency.</summary>
    public static async Task<byte[]> BuildAsync()
    {
        await using SandboxServer server = await SandboxServer.StartAsync(new() { Region = Region, AccountId = Account });
        using HttpClient http = new() { BaseAddress = server.Endpoint };

        await BatchAsync("CreateComputeEnvironment", """{"computeEnvironmentName":"bench","type":"UNMANAGED"}""");
        for (int queue = 0; queue < Queues; queue++)
            await BatchAsync("CreateJobQueue", $$"""{"jobQueueName":"queue-{{queue}}","priority":1,"computeEnvironmentOrder":[{"order":1,"computeEnvironment":"bench"}]}""");
        for (int name = 0; name < JobDefinitions; name++)
        {
            for (int revision = 1; revision <= Revisions; revision++)
                await BatchAsync("RegisterJobDefinition", JobDefinition(name, revision));
            for (int revision = 1; revision <= Deregistered; revision++)
                await BatchAsync("DeregisterJobDefinition", $$"""{"jobDefinition":"job-{{name:00}}:{{revision}}"}""");
        }

        foreach (string? bus in Buses.Where(bus => bus != "default"))
            await EventsAsync("CreateEventBus", $$"""{"Name":"{{bus}}"}""");
        for (int rule = 0; rule < Rules; rule++)
        {
            string name = $"rule-{rule:000}";
            string bus = Buses[rule % Buses.Length];
            await EventsAsync("PutRule", $$"""{"Name":"{{name}}","EventBusName":"{{bus}}","EventPattern":"{\"source\":[\"bench.{{rule}}\"]}"}""");
            IEnumerable<string> targets = Enumerable.Range(0, TargetsPerRule).Select(target => Target(rule, target));
            await EventsAsync("PutTargets", $$"""{"Rule":"{{name}}","EventBusName":"{{bus}}","Targets":[{{string.Join(',', targets)}}]}""");
        }

        return await http.GetByteArrayAsync("_sandbox/state");

        Task EventsAsync(string operation, string input) => SendAsync("events", "/", operation, input);
        Task BatchAsync(string operation, string input) => SendAsync("batch", "/v1/" + operation.ToLowerInvariant(), operation, input);

        async Task SendAsync(string service, string path, string operation, string input)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, path);
            request.Content = new StringContent(input, Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.1"));
            if (service == "events")
                request.Headers.Add("X-Amz-Target", "AWSEvents." + operation);
            request.Headers.TryAddWithoutValidation(
                "Authorization", $"AWS4-HMAC-SHA256 Credential=sandbox/20260101/{Region}/{service}/aws4_request, SignedHeaders=host, Signature=none");
            using HttpResponseMessage response = await http.SendAsync(request);
            if (!response.IsSuccessStatusCode)
                throw new InvalidOperationException($"{operation}: {await response.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>How many targets have been repaired; or what is wrong, if anything else differs from how it was.</summary>
    public static (int Repaired, string? Problem) Compare(byte[] before, byte[] after)
    {
        (JsonObject? was, JsonObject? now) = (RegionOf(before), RegionOf(after));
        int repaired = 0;
        foreach ((string? rule, JsonNode? targets) in was["targets"]!.AsObject())
        {
            foreach ((string? id, JsonNode? target) in targets!.AsObject())
            {
                JsonNode? found = now["targets"]?[rule]?[id];
                if (JsonNode.DeepEquals(found, Repaired(target!)))
                    repaired++;
                else if (!JsonNode.DeepEquals(found, target))
                    return (repaired, $"target {id} of {rule} is neither as it was nor repaired: {found?.ToJsonString()}");
            }
        }

        was.Remove("targets");
        now.Remove("targets");
        return (repaired, JsonNode.DeepEquals(was, now) ? null : "something else than the targets has changed");
    }

    private static JsonObject RegionOf(byte[] state) => JsonNode.Parse(state)!["regions"]![Region]!.AsObject();

    private static JsonNode Repaired(JsonNode target)
    {
        JsonNode repaired = target.DeepClone();
        JsonNode parameters = repaired["BatchParameters"]!;
        string reference = parameters["JobDefinition"]!.GetValue<string>();
        parameters["JobDefinition"] = $"{reference[..reference.LastIndexOf(':')]}:{Revisions}";
        return repaired;
    }

    private static string JobDefinition(int name, int revision) =>
        $$$"""
        {"jobDefinitionName":"job-{{{name:00}}}","type":"container","containerProperties":{"image":"{{{Account}}}.dkr.ecr.{{{Region}}}.amazonaws.com/job-{{{name:00}}}:1.{{{revision}}}",
        "command":["run"],"resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"2048"}],"environment":[{"name":"STAGE","value":"bench"}]},
        "retryStrategy":{"attempts":2},"timeout":{"attemptDurationSeconds":3600}}
        """;

    /// <summary>By name or by ARN, behind or deregistered, with whatever else targets have.</summary>
    private static string Target(int rule, int target)
    {
        int number = (rule * TargetsPerRule) + target;
        string name = $"job-{number % JobDefinitions:00}:{1 + (number % (Revisions - 1))}";
        if (rule % 2 == 0)
            name = $"arn:aws:batch:{Region}:{Account}:job-definition/{name}";
        string input = (target % 3) switch
        {
            0 => """ "InputTransformer":{"InputPathsMap":{"key":"$.detail.object.key"},"InputTemplate":"{\"ContainerOverrides\": {\"Command\": [\"run\", \"<key>\"]}}"}, """,
            1 => """ "Input":"{\"mode\":\"full\",\"greeting\":\"Gr\u00fc\u00dfe\"}","DeadLetterConfig":{"Arn":"arn:aws:sqs:eu-west-1:123456789012:dead-letters"}, """,
            _ => """ "RetryPolicy":{"MaximumRetryAttempts":3,"MaximumEventAgeInSeconds":3600}, """,
        };
        return string.Create(CultureInfo.InvariantCulture, $$$"""
            {"Id":"target-{{{target}}}","Arn":"arn:aws:batch:{{{Region}}}:{{{Account}}}:job-queue/queue-{{{number % Queues}}}","RoleArn":"arn:aws:iam::{{{Account}}}:role/events",
            {{{input}}}"BatchParameters":{"JobDefinition":"{{{name}}}","JobName":"bench-{{{target}}}"}}
            """);
    }
}
