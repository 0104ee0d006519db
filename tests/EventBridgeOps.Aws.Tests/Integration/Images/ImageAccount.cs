using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Sandbox;

namespace EventBridgeOps.Aws.Tests.Integration;

/// <summary>What tests of images need of an account.</summary>
internal static class ImageAccount
{
    public const string Registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    public const string IndexType = "application/vnd.oci.image.index.v1+json";

    /// <param name="clock">The account's clock.</param>
    public static async Task<Account> OnSandboxAsync(TimeProvider? clock = null) =>
        await Account.OnSandboxAsync(new SandboxOptions { Seed = 1, TargetsPerRule = 100, RecordBodies = true, TimeProvider = clock ?? TimeProvider.System });

    public static Task RepositoryAsync(this Account account, string name) => account.EcrAsync("CreateRepository", $$"""{"repositoryName":"{{name}}"}""");

    /// <summary>What <c>docker push</c> does last.</summary>
    /// <returns>The digest.</returns>
    public static async Task<string> PushAsync(this Account account, string repository, string tag, string? manifest = null, string? mediaType = null)
    {
        JsonObject body = new()
        {
            ["repositoryName"] = repository,
            ["imageTag"] = tag,
            ["imageManifest"] = manifest ?? Manifest(repository, tag),
        };
        if (mediaType is not null)
            body["imageManifestMediaType"] = mediaType;
        await account.EcrAsync("PutImage", body.ToJsonString());
        JsonObject detail = (await account.Session.Get<IEcrApi>().DescribeImagesAsync(new("123456789012", "eu-west-1", repository), [new(null, tag)], Given.Token))[0];
        return (string)detail["imageDigest"]!;
    }

    public static Task DefineImageAsync(this Account account, string name, string image, string more = "") =>
        account.BatchAsync("RegisterJobDefinition", $$$"""{"jobDefinitionName":"{{{name}}}","type":"container","containerProperties":{"image":"{{{image}}}","vcpus":1,"memory":128}{{{more}}}}""");

    public static Task<List<BatchImageUpdate>> UpdateAsync(this Account account, string repository, string tag, ImageUpdateOptions? options = null, ApproveChange? approve = null, params string[] jobDefinitions) =>
        account.UpdateAsync(ImageSelection.ForRepository(repository, tag, null, null) with { JobDefinition = jobDefinitions }, options, approve);

    public static Task<List<BatchImageUpdate>> UpdateAsync(this Account account, ImageSelection selection, ImageUpdateOptions? options = null, ApproveChange? approve = null) =>
        account.UpdateAsync([selection], options, approve);

    public static Task<List<BatchImageUpdate>> UpdateAsync(this Account account, IEnumerable<ImageSelection> selections, ImageUpdateOptions? options = null, ApproveChange? approve = null) =>
        account.Session.Get<ImageUpdate>().RunAsync(Each(selections), options ?? new ImageUpdateOptions(), approve ?? ((_, _) => Task.FromResult(Approval.Write)), account, Given.Token).ListAsync();

    /// <summary>All revisions of a job definition, ACTIVE or not, by number.</summary>
    public static async Task<IReadOnlyList<JsonObject>> RevisionsAsync(this Account account, string name) =>
        [.. (await account.Session.Get<IBatchApi>().DescribeJobDefinitionsAsync(name, null, Given.Token).ListAsync()).OrderBy(definition => (int)definition["revision"]!)];

    public static string? Image(this JsonObject definition) => (string?)definition["containerProperties"]?["image"];

    /// <summary>The bodies of the calls of an operation.</summary>
    public static IReadOnlyList<JsonObject> Sent(this Account account, string operation) =>
        [.. account.Sandbox!.Calls.Where(call => call.Operation == operation).Select(call => Given.Document(call.Body!))];

    public static int Count(this Account account, string operation) => account.Sandbox!.Calls.Count(call => call.Operation == operation);

    public static string PushEvent(string repository, string? tag, string digest, Action<JsonObject>? change = null)
    {
        JsonObject happened = Given.Document(
            """
            {"version":"0","id":"13cde686-328b-6117-af20-0e5566167482","detail-type":"ECR Image Action","source":"aws.ecr","account":"123456789012",
            "time":"2026-11-16T01:54:34Z","region":"eu-west-1","resources":[],"detail":{"result":"SUCCESS","action-type":"PUSH"}}
            """);
        JsonObject detail = happened["detail"]!.AsObject();
        detail["repository-name"] = repository;
        detail["image-digest"] = digest;
        if (tag is not null)
            detail["image-tag"] = tag;
        change?.Invoke(happened);
        return happened.ToJsonString();
    }

    /// <summary>The pushes that events tell of.</summary>
    public static List<ImageSelection> Pushes(this Account account, string json, bool includeUntagged = false) =>
        [.. EventReader.ReadText(json, "events", account).Select(happened => EcrPushEvent.Read(happened, account, includeUntagged)).OfType<ImageSelection>()];

    /// <summary>Pushes an image, and gives the event of it.</summary>
    public static async Task<string> PushedAsync(this Account account, string repository, string tag, string time) =>
        PushEvent(repository, tag, await account.PushAsync(repository, tag), happened => happened["time"] = time);

    private static string Manifest(string repository, string tag)
    {
        string digest = "sha256:" + new string('0', 64);
        return new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = "application/vnd.docker.distribution.manifest.v2+json",
            ["config"] = new JsonObject { ["mediaType"] = "application/vnd.docker.container.image.v1+json", ["size"] = 1, ["digest"] = digest },
            ["layers"] = new JsonArray(new JsonObject { ["mediaType"] = "application/vnd.docker.image.rootfs.diff.tar.gzip", ["size"] = 1, ["digest"] = digest }),
            ["annotations"] = new JsonObject { ["of"] = $"{repository}:{tag}" },
        }.ToJsonString();
    }

    private static async IAsyncEnumerable<T> Each<T>(IEnumerable<T> items)
    {
        await Task.CompletedTask;
        foreach (T item in items)
            yield return item;
    }
}
