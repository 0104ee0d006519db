using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.JobDefinitions;

namespace EventBridgeOps.Aws.Services;

/// <summary>AWS Batch over the wire.</summary>
internal sealed class BatchApi(AwsDocumentClient client) : IBatchApi
{
    private const int PageSize = 100;

    private static readonly ServiceOperation DescribeJobDefinitions = Operation(nameof(DescribeJobDefinitions), "/v1/describejobdefinitions");
    private static readonly ServiceOperation DescribeJobQueues = Operation(nameof(DescribeJobQueues), "/v1/describejobqueues");
    private static readonly ServiceOperation RegisterJobDefinition = Operation(nameof(RegisterJobDefinition), "/v1/registerjobdefinition") with { IsRepeatable = false };
    private static readonly ServiceOperation DeregisterJobDefinition = Operation(nameof(DeregisterJobDefinition), "/v1/deregisterjobdefinition");
    private static readonly ServiceOperation ListJobs = Operation(nameof(ListJobs), "/v1/listjobs");

    public async IAsyncEnumerable<JsonObject> DescribeJobDefinitionsAsync(
        string jobDefinitionName, string? status, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (DocumentPage page in DefinitionPagesAsync(jobDefinitionName, status, cancellationToken))
        {
            foreach (JsonObject definition in page.Documents)
                yield return definition;
        }
    }

    public IAsyncEnumerable<DocumentPage> DescribeJobDefinitionPagesAsync(string? status, CancellationToken cancellationToken) =>
        DefinitionPagesAsync(null, status, cancellationToken);

    public async IAsyncEnumerable<JsonObject> DescribeJobQueuesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonObject request = new() { ["maxResults"] = PageSize };
        await foreach (Answer page in PagesAsync(DescribeJobQueues, ServicesMessages.JobQueues(), request, cancellationToken))
        {
            foreach (JsonObject queue in page.Documents("jobQueues", "jobQueueName"))
                yield return queue;
        }
    }

    public async IAsyncEnumerable<JsonObject> DescribeJobDefinitionRevisionsAsync(
        IReadOnlyList<string> jobDefinitions, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // This parameter cannot be used together with others, not even with a page size.
        JsonObject request = new() { ["jobDefinitions"] = new JsonArray([.. jobDefinitions.Select(reference => JsonValue.Create(reference))]) };
        Message subject = jobDefinitions.Count == 1 ? ServicesMessages.JobDefinition(jobDefinitions[0]) : ServicesMessages.SeveralJobDefinitions(jobDefinitions.Count);
        await foreach (Answer page in PagesAsync(DescribeJobDefinitions, subject, request, cancellationToken))
        {
            foreach (JsonObject definition in page.Documents("jobDefinitions", "jobDefinitionName", "jobDefinitionArn"))
                yield return definition;
        }
    }

    public async Task<RegisteredJobDefinition> RegisterJobDefinitionAsync(JsonObject jobDefinition, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.JobDefinition(jobDefinition.String("jobDefinitionName"));
        Answer answer = new(RegisterJobDefinition, subject, await client.InvokeAsync(RegisterJobDefinition, subject, jobDefinition, cancellationToken));
        return new RegisteredJobDefinition(answer.RequiredText("jobDefinitionName"), answer.RequiredText("jobDefinitionArn"), answer.RequiredCount("revision"));
    }

    public Task DeregisterJobDefinitionAsync(string jobDefinition, CancellationToken cancellationToken) =>
        client.InvokeAsync(DeregisterJobDefinition, ServicesMessages.JobDefinition(jobDefinition), new JsonObject { ["jobDefinition"] = jobDefinition }, cancellationToken);

    public async IAsyncEnumerable<JsonObject> ListJobsAsync(
        string jobQueue, string jobStatus, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonObject request = new() { ["jobQueue"] = jobQueue, ["jobStatus"] = jobStatus };
        await foreach (Answer page in PagesAsync(ListJobs, ServicesMessages.JobQueue(jobQueue), request, cancellationToken))
        {
            foreach (JsonObject job in page.Documents("jobSummaryList", "jobId"))
                yield return job;
        }
    }

    private async IAsyncEnumerable<DocumentPage> DefinitionPagesAsync(
        string? name, string? status, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonObject request = new() { ["maxResults"] = PageSize };
        if (name is not null)
            request["jobDefinitionName"] = name;
        if (status is not null)
            request["status"] = status;
        Message subject = name is null ? ServicesMessages.JobDefinitions() : ServicesMessages.JobDefinition(name);
        await foreach (Answer page in PagesAsync(DescribeJobDefinitions, subject, request, cancellationToken))
            yield return new DocumentPage(page.Documents("jobDefinitions", "jobDefinitionName", "jobDefinitionArn"), page.Text("nextToken") is null or "");
    }

    private IAsyncEnumerable<Answer> PagesAsync(ServiceOperation operation, Message subject, JsonObject request, CancellationToken cancellationToken) =>
        Listing.PagesAsync(client, operation, subject, request, "nextToken", cancellationToken);

    private static ServiceOperation Operation(string name, string path) => new(AwsService.Batch, name, "batch:" + name, path);
}
