using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;

namespace EventBridgeOps.Aws.Tests.Integration;

/// <summary>Everything survives: what is registered differs from what was described in the meant images, the tags and the describe-only fields alone.</summary>
public sealed class SurvivalTests
{
    private const string Repository = "team/app";

    private static readonly string[] DescribeOnly = ["/jobDefinitionArn", "/revision", "/status", "/containerOrchestrationType"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Random_job_definitions_of_all_kinds_keep_all_else(int seed)
    {
        const int count = 60;
        await using Account account = await ImageAccount.OnSandboxAsync();
        await account.RepositoryAsync(Repository);
        string digest = await account.PushAsync(Repository, "v2");
        Dictionary<string, RandomDefinition> definitions = [];
        for (int i = 0; i < count; i++)
        {
            RandomDefinition definition = new((seed * 1000) + i, $"job-{i:00}");
            definitions.Add(definition.Name, definition);
            await account.BatchAsync("RegisterJobDefinition", Document.Write(definition.Document));
        }

        Dictionary<string, JsonObject> before = await DescribeAsync(account);
        account.Sandbox!.ClearCalls();
        List<BatchImageUpdate> results = await account.UpdateAsync(Repository, "v2", new ImageUpdateOptions { PinDigest = seed % 2 == 0 });
        Dictionary<string, JsonObject> sent = account.Sent("RegisterJobDefinition").ToDictionary(document => (string)document["jobDefinitionName"]!);

        Assert.Empty(account.Failures);
        Assert.Equal(definitions.Values.Where(definition => definition.Meant.Count > 0).Select(definition => definition.Name), results.Select(result => result.JobDefinitionName));
        Assert.Equal(results.Where(result => result.Status == SyncStatus.Updated).Select(result => result.JobDefinitionName), sent.Keys.Order());
        Assert.All(results, result => Assert.True(result.Verified));
        foreach ((string name, JsonObject document) in sent)
        {
            List<DocumentDifference> differences = [.. DocumentDiff.Between(before[name], document)];
            Assert.Equal(DescribeOnly.Order(), differences.Where(difference => DescribeOnly.Contains(difference.Pointer) && difference.After is null).Select(difference => difference.Pointer).Order());
            Assert.Equal(definitions[name].Meant.Order(), differences.Where(difference => difference.Pointer.EndsWith("/image", StringComparison.Ordinal)).Select(difference => difference.Pointer).Order());
            Assert.All(differences.Where(difference => difference.Pointer.EndsWith("/image", StringComparison.Ordinal)), difference =>
                Assert.Equal(((string)difference.Before!).Split(Repository)[0] + Repository + (seed % 2 == 0 || ((string)difference.Before!).Contains('@') ? "@" + digest : ":v2"), (string?)difference.After));
            Assert.All(differences, difference => Assert.True(
                DescribeOnly.Contains(difference.Pointer) || definitions[name].Meant.Contains(difference.Pointer) || difference.Path[0] == "tags", difference.Pointer));
            Assert.All((before[name]["tags"] as JsonObject ?? []).Where(tag => !tag.Key.StartsWith("EventBridgeOps:", StringComparison.Ordinal)), tag =>
                Assert.True(DocumentDiff.Same(tag.Value, document["tags"]![tag.Key]), tag.Key));
        }

        Assert.All(await account.UpdateAsync(Repository, "v2", new ImageUpdateOptions { PinDigest = seed % 2 == 0 }), result => Assert.Equal(SyncStatus.AlreadyCurrent, result.Status));
    }

    private static async Task<Dictionary<string, JsonObject>> DescribeAsync(Account account)
    {
        Dictionary<string, JsonObject> definitions = [];
        await foreach (EventBridgeOps.JobDefinitions.DocumentPage page in account.Session.Get<IBatchApi>().DescribeJobDefinitionPagesAsync("ACTIVE", Given.Token))
        {
            foreach (JsonObject definition in page.Documents)
                definitions.Add((string)definition["jobDefinitionName"]!, definition);
        }

        return definitions;
    }

    /// <summary>A job definition of any kind, with containers and fields of all sorts, some of which nobody has heard of.</summary>
    private sealed class RandomDefinition
    {
        private readonly RandomDocument _random;

        public RandomDefinition(int seed, string name)
        {
            _random = new RandomDocument(seed);
            Name = name;
            Document = Unheard();
            Document["jobDefinitionName"] = name;
            Document["type"] = "container";
            Document["parameters"] = _random.Object(1);
            if (_random.Below(2) == 0)
                Document["tags"] = new JsonObject { ["team"] = _random.Text(), ["EventBridgeOps:PreviousRevision"] = "0" };
            if (_random.Below(2) == 0)
                Document["platformCapabilities"] = new JsonArray("FARGATE");
            switch (_random.Below(4))
            {
                case 0:
                    Document["containerProperties"] = Container("/containerProperties", named: false);
                    break;
                case 1:
                    Document["ecsProperties"] = Ecs("/ecsProperties");
                    break;
                case 2:
                    Document["eksProperties"] = Eks("/eksProperties");
                    break;
                default:
                    Document["type"] = "multinode";
                    JsonArray ranges = [];
                    for (int i = _random.Below(3); i >= 0; i--)
                        ranges.Add(Range($"/nodeProperties/nodeRangeProperties/{ranges.Count}"));
                    Document["nodeProperties"] = With(Unheard(), "nodeRangeProperties", ranges);
                    break;
            }
        }

        public string Name { get; }

        public JsonObject Document { get; }

        /// <summary>Where images of the repository stand, as JSON pointers.</summary>
        public HashSet<string> Meant { get; } = [];

        private JsonObject Range(string at)
        {
            JsonObject range = With(Unheard(), "targetNodes", $"{_random.Below(9)}:");
            return _random.Below(3) switch
            {
                0 => With(range, "container", Container(at + "/container", named: false)),
                1 => With(range, "ecsProperties", Ecs(at + "/ecsProperties")),
                _ => With(range, "eksProperties", Eks(at + "/eksProperties")),
            };
        }

        private JsonObject Ecs(string at) => With(Unheard(), "taskProperties", new JsonArray(With(Unheard(), "containers", Containers(at + "/taskProperties/0/containers"))));

        private JsonObject Eks(string at) => With(Unheard(), "podProperties", With(
            With(Unheard(), "containers", Containers(at + "/podProperties/containers")),
            "initContainers", Containers(at + "/podProperties/initContainers")));

        private JsonArray Containers(string at)
        {
            JsonArray containers = [];
            for (int i = _random.Below(3); i >= 0; i--)
                containers.Add(Container($"{at}/{containers.Count}", named: true));
            return containers;
        }

        private JsonObject Container(string at, bool named)
        {
            JsonObject container = Unheard();
            if (named)
                container["name"] = "c" + _random.Below(3);
            container["environment"] = new JsonArray(new JsonObject { ["name"] = "image", ["value"] = $"{ImageAccount.Registry}/{Repository}:v1" });
            container["image"] = _random.Below(5) switch
            {
                0 => $"{ImageAccount.Registry}/{Repository}-sidecar:v1",
                1 => "public.ecr.aws/xray/daemon:3",
                2 => "Not An Image",
                3 => $"{ImageAccount.Registry}/{Repository}@sha256:{new string('a', 64)}",
                _ => $"{ImageAccount.Registry}/{Repository}:v1",
            };
            if (((string)container["image"]!).StartsWith($"{ImageAccount.Registry}/{Repository}:", StringComparison.Ordinal) || ((string)container["image"]!).Contains($"{Repository}@", StringComparison.Ordinal))
                Meant.Add(at + "/image");
            return container;
        }

        // Field names get a number in front, so they are none that means something.
        private JsonObject Unheard() => _random.Object(3);

        private static JsonObject With(JsonObject document, string field, JsonNode? value)
        {
            document[field] = value;
            return document;
        }
    }
}
