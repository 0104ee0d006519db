using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Account;
using EventBridgeOps.Aws.Wire;

namespace EventBridgeOps.Aws.Account;

/// <summary>AWS Batch over the wire.</summary>
internal sealed class BatchApi(AwsDocumentClient client) : IBatchApi
{
    private const int PageSize = 100;

    private static readonly ServiceOperation DescribeJobDefinitions = Operation(nameof(DescribeJobDefinitions), "/v1/describejobdefinitions");
    private static readonly ServiceOperation DescribeJobQueues = Operation(nameof(DescribeJobQueues), "/v1/describejobqueues");

    public async IAsyncEnumerable<JsonObject> DescribeJobDefinitionsAsync(
        string jobDefinitionName, string? status, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in DefinitionPagesAsync(jobDefinitionName, status, cancellationToken).ConfigureAwait(false))
        {
            foreach (var definition in page.Documents)
                yield return definition;
        }
    }

    public IAsyncEnumerable<DocumentPage> DescribeJobDefinitionPagesAsync(string? status, CancellationToken cancellationToken) =>
        DefinitionPagesAsync(null, status, cancellationToken);

    public async IAsyncEnumerable<JsonObject> DescribeJobQueuesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["maxResults"] = PageSize };
        await foreach (var page in PagesAsync(DescribeJobQueues, "the job queues", request, cancellationToken).ConfigureAwait(false))
        {
            foreach (var queue in page.Documents("jobQueues"))
                yield return queue;
        }
    }

    private async IAsyncEnumerable<DocumentPage> DefinitionPagesAsync(
        string? name, string? status, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["maxResults"] = PageSize };
        if (name is not null)
            request["jobDefinitionName"] = name;
        if (status is not null)
            request["status"] = status;
        var subject = name is null ? "the job definitions" : $"job definition {name}";
        await foreach (var page in PagesAsync(DescribeJobDefinitions, subject, request, cancellationToken).ConfigureAwait(false))
            yield return new DocumentPage(page.Documents("jobDefinitions"), page.Text("nextToken") is null or "");
    }

    private IAsyncEnumerable<Answer> PagesAsync(ServiceOperation operation, string subject, JsonObject request, CancellationToken cancellationToken) =>
        Listing.PagesAsync(client, operation, subject, request, "nextToken", cancellationToken);

    private static ServiceOperation Operation(string name, string path) => new(AwsService.Batch, name, "batch:" + name, path);
}
