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
        // The names have the digests of the contents, so that a stack refers to what it was planned with, and a nested stack that is the same stays as it is.
        string text = wanted.Template, prefix = PrefixOf(wanted.StackName), key = $"{prefix}template-{LogicalIds.Digest(text)}.json";
        foreach (KeyValuePair<string, JsonObject> nested in template.Nested)
            await PutAsync(bucket, prefix + nested.Key, Document.Write(nested.Value), observer, cancellationToken);
        await PutAsync(bucket, key, text, observer, cancellationToken);
        Dictionary<string, string?> parameters = wanted.Parameters.ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal);
        if (template.Nested.Count > 0)
        {
            parameters[TemplateSplit.Bucket] = bucket;
            parameters[TemplateSplit.Prefix] = prefix;
        }

        return wanted with { TemplateUrl = $"https://{bucket}.s3.{region}.{Partitions.DnsSuffix(region)}/{key}", Parameters = parameters };
    }

    /// <summary>Deletes the templates of a stack: the bucket with its stack, and of a bucket that was specified, what was uploaded to it.</summary>
    /// <param name="stack">The name of the stack of the project.</param>
    /// <param name="own">The stack of the bucket; null if there is none.</param>
    /// <param name="given">The name of the bucket that was specified; null for none.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task DeleteAsync(string stack, Stack? own, string? given, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (own is { IsDeleted: false })
            await _stack.DeleteAsync(own, await _stack.FindAsync(own, cancellationToken), observer, cancellationToken);
        if (given is not null)
            await ports.Buckets.EmptyAsync(given, PrefixOf(stack), retry, observer, cancellationToken);
    }

    /// <summary>What the keys of the templates of a stack begin with.</summary>
    private static string PrefixOf(string stack) => stack + "/";

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
