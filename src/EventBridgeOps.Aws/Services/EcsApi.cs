using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.ServiceDeployments;

namespace EventBridgeOps.Aws.Services;

/// <summary>Amazon ECS over the wire.</summary>
internal sealed class EcsApi(AwsDocumentClient client) : IEcsApi
{
    private const int PageSize = 100;

    private static readonly ServiceOperation ListClusters = Operation(nameof(ListClusters));
    private static readonly ServiceOperation ListServices = Operation(nameof(ListServices));
    private static readonly ServiceOperation DescribeServices = Operation(nameof(DescribeServices));
    private static readonly ServiceOperation DescribeTaskDefinition = Operation(nameof(DescribeTaskDefinition));
    private static readonly ServiceOperation ListTaskDefinitions = Operation(nameof(ListTaskDefinitions));
    private static readonly ServiceOperation RegisterTaskDefinition = Operation(nameof(RegisterTaskDefinition)) with { IsRepeatable = false };
    private static readonly ServiceOperation UpdateService = Operation(nameof(UpdateService)) with { IsRepeatable = false };
    private static readonly ServiceOperation DescribeServiceRevisions = Operation(nameof(DescribeServiceRevisions));
    private static readonly ServiceOperation ListTasks = Operation(nameof(ListTasks));
    private static readonly ServiceOperation DescribeTasks = Operation(nameof(DescribeTasks));
    private static readonly ServiceOperation ListServiceDeployments = Operation(nameof(ListServiceDeployments));

    public IAsyncEnumerable<string> ListClustersAsync(CancellationToken cancellationToken) =>
        ListAsync(ListClusters, ServicesMessages.Clusters(), "clusterArns", [], cancellationToken);

    public IAsyncEnumerable<string> ListServicesAsync(string cluster, CancellationToken cancellationToken) =>
        ListAsync(ListServices, ServicesMessages.ServicesOf(cluster), "serviceArns", new JsonObject { ["cluster"] = cluster }, cancellationToken);

    public async Task<IReadOnlyList<JsonObject>> DescribeServicesAsync(string cluster, IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        JsonObject request = new() { ["cluster"] = cluster, ["services"] = Texts(services), ["include"] = Texts(["TAGS"]) };
        Message subject = services.Count == 1 ? ServicesMessages.Service(services[0], cluster) : ServicesMessages.SeveralServices(services.Count, cluster);
        return (await InvokeAsync(DescribeServices, subject, request, cancellationToken)).Documents("services", "serviceName");
    }

    public async Task<JsonObject> DescribeTaskDefinitionAsync(string taskDefinition, CancellationToken cancellationToken)
    {
        JsonObject request = new() { ["taskDefinition"] = taskDefinition, ["include"] = Texts(["TAGS"]) };
        Answer answer = await InvokeAsync(DescribeTaskDefinition, ServicesMessages.TaskDefinition(EcsText.TaskDefinition(taskDefinition)), request, cancellationToken);
        Required(answer, "taskDefinition", "taskDefinitionArn");
        return answer.Document;
    }

    public IAsyncEnumerable<string> ListTaskDefinitionsAsync(string family, CancellationToken cancellationToken) => ListAsync(
        ListTaskDefinitions, ServicesMessages.TaskDefinition(family), "taskDefinitionArns", new JsonObject { ["familyPrefix"] = family, ["status"] = "ACTIVE", ["sort"] = "DESC" }, cancellationToken);

    public async Task<JsonObject> RegisterTaskDefinitionAsync(JsonObject taskDefinition, CancellationToken cancellationToken) => Required(
        await InvokeAsync(RegisterTaskDefinition, ServicesMessages.TaskDefinition(taskDefinition.String("family")), taskDefinition, cancellationToken), "taskDefinition", "taskDefinitionArn");

    public async Task<JsonObject> UpdateServiceAsync(JsonObject request, CancellationToken cancellationToken) => Required(
        await InvokeAsync(UpdateService, ServicesMessages.Service(request.String("service"), request.String("cluster")), request, cancellationToken), "service", "serviceName");

    public async Task<IReadOnlyList<JsonObject>> DescribeServiceRevisionsAsync(IReadOnlyList<string> serviceRevisions, CancellationToken cancellationToken) => (await InvokeAsync(
        DescribeServiceRevisions, ServicesMessages.ServiceRevision(serviceRevisions[0]), new JsonObject { ["serviceRevisionArns"] = Texts(serviceRevisions) }, cancellationToken)).Documents("serviceRevisions", "serviceRevisionArn");

    public IAsyncEnumerable<string> ListTasksAsync(string cluster, string service, CancellationToken cancellationToken) => ListAsync(
        ListTasks, ServicesMessages.Service(service, cluster), "taskArns", new JsonObject { ["cluster"] = cluster, ["serviceName"] = service, ["desiredStatus"] = "RUNNING" }, cancellationToken);

    public async Task<IReadOnlyList<JsonObject>> DescribeTasksAsync(string cluster, IReadOnlyList<string> tasks, CancellationToken cancellationToken) =>
        (await InvokeAsync(DescribeTasks, ServicesMessages.TasksOf(cluster), new JsonObject { ["cluster"] = cluster, ["tasks"] = Texts(tasks) }, cancellationToken)).Documents("tasks");

    public async IAsyncEnumerable<JsonObject> ListServiceDeploymentsAsync(string cluster, string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonObject request = new() { ["cluster"] = cluster, ["service"] = service };
        await foreach (Answer page in Listing.PagesAsync(client, ListServiceDeployments, ServicesMessages.Service(service, cluster), request, "nextToken", cancellationToken))
        {
            foreach (JsonObject deployment in page.Documents("serviceDeployments"))
                yield return deployment;
        }
    }

    private async IAsyncEnumerable<string> ListAsync(ServiceOperation operation, Message subject, string field, JsonObject request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        request["maxResults"] = PageSize;
        await foreach (Answer page in Listing.PagesAsync(client, operation, subject, request, "nextToken", cancellationToken))
        {
            foreach (string item in page.Texts(field))
                yield return item;
        }
    }

    private async Task<Answer> InvokeAsync(ServiceOperation operation, Message subject, JsonObject request, CancellationToken cancellationToken) =>
        new(operation, subject, await client.InvokeAsync(operation, subject, request, cancellationToken));

    /// <summary>An object of an answer with the text that identifies it, detached from the answer.</summary>
    private static JsonObject Required(Answer answer, string field, string name)
    {
        if (answer.Document[field] is not JsonObject document)
            throw answer.Wrong(ServicesMessages.FieldMissing(field));
        return string.IsNullOrEmpty(document.String(name)) ? throw answer.Wrong(ServicesMessages.FieldMissing($"{field}.{name}")) : (JsonObject)document.DeepClone();
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static ServiceOperation Operation(string name) => new(AwsService.Ecs, name, "ecs:" + name);
}
