using System.Text.Json;
using EventBridgeOps.Sandbox.Deliveries;

namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>Events of AWS services. Sources: https://docs.aws.amazon.com/batch/latest/userguide/batch_job_events.html and https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html.</summary>
public sealed class ServiceEventFacts : FactTest
{
    private static readonly string AllOfBatch = Pattern("""{"source":["aws.batch"]}""");
    private static readonly string AllOfEcr = Pattern("""{"source":["aws.ecr"]}""");

    /// <summary>METR/inspect-action pull request 844: a rule for failures on a custom bus never fired.</summary>
    [Fact]
    public async Task EventsOfServicesReachTheDefaultBusOnly()
    {
        await MakeBatch();
        await MakeQueue("q");
        (await Aws.Events("CreateEventBus", """{"Name":"custom"}""")).Succeeded();
        (await PutAnyRule("never", AllOfBatch + ",\"EventBusName\":\"custom\"")).Succeeded();
        (await Aws.Events("PutTargets", $$"""{"Rule":"never","EventBusName":"custom","Targets":[{{QueueTarget("q")}}]}""")).Succeeded();
        await Submit();
        Assert.Empty(await Take("q"));
        (await PutAnyRule("always", AllOfBatch)).Succeeded();
        (await PutTargets("always", QueueTarget("q"))).Succeeded();
        await Submit();
        Assert.NotEmpty(await Take("q"));
    }

    [Fact]
    public async Task BatchSendsNoEventForTheFirstSubmitted()
    {
        await MakeBatch();
        await MakeQueue("q");
        (await PutAnyRule("r", AllOfBatch)).Succeeded();
        (await PutTargets("r", QueueTarget("q"))).Succeeded();
        await Submit();
        Assert.Equal(
            ["PENDING", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED"],
            (await Take("q")).Select(sent => sent.GetProperty("detail").GetProperty("status").GetString()!));
    }

    /// <summary>A job that fails is no failure of the target, whose dead-letter queue stays empty [inferred from what EventBridge says of functions].</summary>
    [Fact]
    public async Task FailedJobIsNoFailedDelivery()
    {
        await MakeBatch();
        await MakeQueue("dead");
        (await Aws.Admin(HttpMethod.Post, "jobs", """{"jobDefinition":"job","fail":1}""")).Succeeded();
        await RuleWith(Target("t", more: Dead));
        await Send();
        Server.AdvanceTime(TimeSpan.FromHours(25));
        Assert.Equal("FAILED", (await OnlyJob()).GetProperty("status").GetString());
        Assert.Equal(DeliveryOutcome.Delivered, Delivery().Outcome);
        Assert.Empty(await Take("dead"));
    }

    [Fact]
    public async Task PushIsAnEventWithResultActionDigestTagAndRepository()
    {
        await Images();
        Server.PushImage("team/app:v2");
        JsonElement detail = Assert.Single(await Take("q")).GetProperty("detail");
        Assert.Equal(
            ("SUCCESS", "PUSH", "v2", "team/app"),
            (Text(detail, "result"), Text(detail, "action-type"), Text(detail, "image-tag"), Text(detail, "repository-name")));
        Assert.StartsWith("sha256:", Text(detail, "image-digest"), StringComparison.Ordinal);
    }

    /// <summary>A push for several architectures leaves manifests without a tag, and so events without one [inferred]; here their tag is empty, as in AWS's own example of a deletion.</summary>
    [Fact]
    public async Task PushWithoutTagIsAnEventWithoutTag()
    {
        await Images();
        (await Aws.Ecr("CreateRepository", """{"repositoryName":"app"}""")).Succeeded();
        (await Aws.Ecr("PutImage", """{"repositoryName":"app","imageManifest":"{\"schemaVersion\":2,\"layers\":[]}"}""")).Succeeded();
        JsonElement detail = (await Take("q"))[^1].GetProperty("detail");
        Assert.False(detail.TryGetProperty("image-tag", out JsonElement tag) && tag.GetString()!.Length > 0);
    }

    /// <summary>So what reacts to a push waits for the tag, which the index has, and pins the index by its digest [inferred].</summary>
    [Fact]
    public async Task PushForSeveralArchitecturesHasATagForItsIndexOnly()
    {
        await Images();
        (await Aws.Ecr("CreateRepository", """{"repositoryName":"app"}""")).Succeeded();
        List<string> children = [];
        foreach (string architecture in new[] { "amd64", "arm64" })
            children.Add(await Put($$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","annotations":{"a":"{{architecture}}"},"layers":[]}""", "application/vnd.oci.image.manifest.v1+json"));
        string index = await Put(
            $$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{{string.Join(",", children.Select(digest => $$"""{"mediaType":"application/vnd.oci.image.manifest.v1+json","size":1,"digest":"{{digest}}"}"""))}}]}""",
            "application/vnd.oci.image.index.v1+json",
            ",\"imageTag\":\"v2\"");
        JsonElement[] details = [.. (await Take("q")).Select(sent => sent.GetProperty("detail"))];
        Assert.Equal([.. children, index], details.Select(detail => Text(detail, "image-digest")!));
        Assert.Equal(index, Text(Assert.Single(details, detail => detail.TryGetProperty("image-tag", out JsonElement tag) && tag.GetString() == "v2"), "image-digest"));

        async Task<string> Put(string manifest, string type, string more = "") =>
            (await Aws.Ecr("PutImage", $$"""{"repositoryName":"app","imageManifest":{{JsonSerializer.Serialize(manifest)}},"imageManifestMediaType":"{{type}}"{{more}}}""")).Succeeded()
            .Json.GetProperty("image").GetProperty("imageId").GetProperty("imageDigest").GetString()!;
    }

    /// <summary>aws/containers-roadmap issue 1194: replication sends no event. The sandbox has no replication, and says so to who configures it.</summary>
    [Fact]
    public async Task ReplicationIsRefusedAndNotIgnored() => (await Aws.Ecr(
        "PutReplicationConfiguration",
        """{"replicationConfiguration":{"rules":[{"destinations":[{"region":"us-east-1","registryId":"123456789012"}]}]}}""")).Failed(400, "UnknownOperationException");

    private static string? Text(JsonElement detail, string member) => detail.GetProperty(member).GetString();

    private async Task Images()
    {
        await MakeQueue("q");
        (await PutAnyRule("r", AllOfEcr)).Succeeded();
        (await PutTargets("r", QueueTarget("q"))).Succeeded();
    }

    private async Task Submit()
    {
        (await Aws.Batch("SubmitJob", """{"jobName":"j","jobQueue":"main","jobDefinition":"job"}""")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
    }
}
