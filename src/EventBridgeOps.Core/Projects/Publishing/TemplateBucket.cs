using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Installation;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>The bucket for templates that are too large for a request, or that have templates in them.</summary>
/// <param name="ports">The services.</param>
/// <param name="deployment">Deploys the stack of the bucket.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
internal sealed class TemplateBucket(PublishPorts ports, StackDeployment deployment, ItemRetry retry)
{
    private readonly BucketStack _stack = new(ports.Stacks, ports.Buckets, deployment, retry);

    /// <summary>The name of the stack that has the bucket.</summary>
    /// <param name="stack">The name of the stack of the project.</param>
    public static string StackOf(string stack) => stack + "-templates";

    /// <summary>Uploads the templates, and lets the request refer to them.</summary>
    /// <param name="given">The name of a bucket; null for one in a stack of its own.</param>
    /// <param name="region">The Region.</param>
    /// <param name="template">The templates.</param>
    /// <param name="wanted">The request.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ChangeSetRequest> UploadAsync(string? given, string region, ProjectTemplate template, ChangeSetRequest wanted, IRunObserver observer, CancellationToken cancellationToken)
    {
        string bucket = given ?? await _stack.DeployAsync(StackOf(wanted.StackName), wanted.Name, wanted.Tags, observer, cancellationToken)
            ?? throw new OpsException(ErrorIds.StackFailed, PublishMessages.NoBucket(StackOf(wanted.StackName)));
        // The key has the digest, so that a stack refers to what it was planned with.
        string text = wanted.Template, prefix = $"{wanted.StackName}/{LogicalIds.Digest(text + string.Concat(template.Nested.Values.Select(Document.Write)))}/";
        foreach (KeyValuePair<string, JsonObject> nested in template.Nested)
            await PutAsync(bucket, prefix + nested.Key, Document.Write(nested.Value), observer, cancellationToken);
        await PutAsync(bucket, prefix + "template.json", text, observer, cancellationToken);
        Dictionary<string, string?> parameters = wanted.Parameters.ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal);
        if (template.Nested.Count > 0)
        {
            parameters[TemplateSplit.Bucket] = bucket;
            parameters[TemplateSplit.Prefix] = prefix;
        }

        return wanted with { TemplateUrl = $"https://{bucket}.s3.{region}.{Partitions.DnsSuffix(region)}/{prefix}template.json", Parameters = parameters };
    }

    /// <summary>Empties the bucket, and deletes it with its stack.</summary>
    /// <param name="stack">The name of the stack of the project.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task DeleteAsync(string stack, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (await deployment.FindAsync(StackOf(stack), observer, cancellationToken) is { } found)
            await _stack.DeleteAsync(found, await _stack.FindAsync(found, cancellationToken), observer, cancellationToken);
    }

    private async Task PutAsync(string bucket, string key, string text, IRunObserver observer, CancellationToken cancellationToken)
    {
        observer.Progress(new RunProgress(PublishMessages.Uploading(bucket), 0, null, key));
        await retry.RunAsync(
            async () =>
            {
                await ports.Buckets.PutAsync(bucket, key, Encoding.UTF8.GetBytes(text), cancellationToken);
                return true;
            },
            cancellationToken);
    }
}
