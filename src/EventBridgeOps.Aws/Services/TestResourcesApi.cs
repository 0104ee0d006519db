using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Installation;

namespace EventBridgeOps.Aws.Services;

/// <summary>What the test of an installation creates and removes, over the wire.</summary>
internal sealed class TestResourcesApi(AwsDocumentClient ecr, AwsDocumentClient events) : ITestResourcesApi
{
    private const string ConfigurationType = "application/vnd.oci.image.config.v1+json";
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>A pattern that no event has.</summary>
    private const string Never = """{"source":["ebops.test.never"]}""";

    private static readonly ServiceOperation CreateRepository = Ecr(nameof(CreateRepository));
    private static readonly ServiceOperation InitiateLayerUpload = Ecr(nameof(InitiateLayerUpload));
    private static readonly ServiceOperation UploadLayerPart = Ecr(nameof(UploadLayerPart));
    private static readonly ServiceOperation CompleteLayerUpload = Ecr(nameof(CompleteLayerUpload));
    private static readonly ServiceOperation PutImage = Ecr(nameof(PutImage));
    private static readonly ServiceOperation DeleteRepository = Ecr(nameof(DeleteRepository));
    private static readonly ServiceOperation PutRule = Events(nameof(PutRule));
    private static readonly ServiceOperation RemoveTargets = Events(nameof(RemoveTargets));
    private static readonly ServiceOperation DeleteRule = Events(nameof(DeleteRule));

    public async Task<string> CreateRepositoryAsync(string name, CancellationToken cancellationToken)
    {
        Answer answer = await EcrAsync(CreateRepository, name, new JsonObject { ["repositoryName"] = name }, cancellationToken);
        return (answer.Document["repository"] as JsonObject)?.String("repositoryUri") ?? throw answer.Wrong(ServicesMessages.FieldMissing("repositoryUri"));
    }

    public async Task PushImageAsync(string repository, string tag, CancellationToken cancellationToken)
    {
        byte[] configuration = Encoding.UTF8.GetBytes($$"""{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]},"created":"2026-01-01T00:00:00Z","author":"{{repository}}:{{tag}}"}""");
        string digest = "sha256:" + ContentDigest.Sha256(configuration);
        string upload = (await EcrAsync(InitiateLayerUpload, repository, new JsonObject { ["repositoryName"] = repository }, cancellationToken)).RequiredText("uploadId");
        await EcrAsync(UploadLayerPart, repository, new JsonObject { ["repositoryName"] = repository, ["uploadId"] = upload, ["partFirstByte"] = 0, ["partLastByte"] = configuration.Length - 1, ["layerPartBlob"] = Convert.ToBase64String(configuration) }, cancellationToken);
        await EcrAsync(CompleteLayerUpload, repository, new JsonObject { ["repositoryName"] = repository, ["uploadId"] = upload, ["layerDigests"] = new JsonArray(digest) }, cancellationToken);
        string manifest = $$$"""{"schemaVersion":2,"mediaType":"{{{ManifestType}}}","config":{"mediaType":"{{{ConfigurationType}}}","size":{{{configuration.Length}}},"digest":"{{{digest}}}"},"layers":[]}""";
        await EcrAsync(PutImage, repository, new JsonObject { ["repositoryName"] = repository, ["imageManifest"] = manifest, ["imageManifestMediaType"] = ManifestType, ["imageTag"] = tag }, cancellationToken);
    }

    public async Task DeleteRepositoryAsync(string name, CancellationToken cancellationToken) =>
        await EcrAsync(DeleteRepository, name, new JsonObject { ["repositoryName"] = name, ["force"] = true }, cancellationToken);

    public async Task PutUnmatchedRuleAsync(string name, CancellationToken cancellationToken) =>
        await RuleAsync(PutRule, name, new JsonObject { ["Name"] = name, ["EventPattern"] = Never, ["Description"] = "A test of EventBridgeOps" }, cancellationToken);

    public async Task DeleteRuleAsync(string name, string targetId, CancellationToken cancellationToken)
    {
        await RuleAsync(RemoveTargets, name, new JsonObject { ["Rule"] = name, ["Ids"] = new JsonArray(targetId) }, cancellationToken);
        await RuleAsync(DeleteRule, name, new JsonObject { ["Name"] = name }, cancellationToken);
    }

    private async Task<Answer> EcrAsync(ServiceOperation operation, string repository, JsonObject body, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.RepositoryNamed(repository);
        return new Answer(operation, subject, await ecr.InvokeAsync(operation, subject, body, cancellationToken));
    }

    private Task<JsonObject> RuleAsync(ServiceOperation operation, string rule, JsonObject body, CancellationToken cancellationToken) =>
        events.InvokeAsync(operation, ServicesMessages.Rule(rule, "default"), body, cancellationToken);

    private static ServiceOperation Ecr(string name) => new(AwsService.Ecr, name, "ecr:" + name, IsRepeatable: false);

    private static ServiceOperation Events(string name) => new(AwsService.EventBridge, name, "events:" + name);
}
