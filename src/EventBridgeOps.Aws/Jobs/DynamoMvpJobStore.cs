using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Jobs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Jobs;

/// <summary>MVP jobs in a DynamoDB table.</summary>
/// <param name="dynamo">DynamoDB.</param>
/// <param name="tableName">The table.</param>
internal sealed class DynamoMvpJobStore(DynamoTable dynamo, string tableName) : IMvpJobStore
{
    public string Name => JobTableMessages.Table(tableName).ToString();

    public string? StorePath => null;

    public string? TableName => tableName;

    public async Task CreateAsync(MvpJob job, CancellationToken cancellationToken)
    {
        PutItemRequest request = Put(job, "attribute_not_exists(#id)", new() { ["#id"] = MvpJobDocument.JobId }, []);
        if (!await PutAsync(request, cancellationToken))
            throw new OpsException(ErrorIds.JobExists, JobTableMessages.JobExists(job.JobId, tableName));
    }

    public Task<bool> ReplaceAsync(MvpJob job, CancellationToken cancellationToken) => PutAsync(
        Put(job, "#v = :v", new() { ["#v"] = MvpJobDocument.Version }, new() { [":v"] = new AttributeValue { N = $"{job.Version - 1}" } }),
        cancellationToken);

    public async Task<MvpJob?> FindAsync(string jobId, CancellationToken cancellationToken)
    {
        GetItemRequest request = new() { TableName = tableName, Key = new() { [MvpJobDocument.JobId] = new AttributeValue(jobId) }, ConsistentRead = true };
        GetItemResponse answer = await CallAsync("GetItem", client => client.GetItemAsync(request, cancellationToken), cancellationToken);
        return answer.Item is { Count: > 0 } item ? Read(item) with { TableName = tableName } : null;
    }

    public async IAsyncEnumerable<MvpJob> ListAsync(MvpJobQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, string> names = new();
        Dictionary<string, AttributeValue> values = new();
        string? filter = null;
        if (query.State.Count > 0)
        {
            names["#s"] = MvpJobDocument.State;
            foreach (MvpJobState state in query.State)
                values[$":{MvpJobDocument.Name(state)}"] = new AttributeValue(MvpJobDocument.Name(state));
            filter = $"#s IN ({string.Join(", ", values.Keys)})";
        }

        Dictionary<string, AttributeValue>? from = null;
        do
        {
            List<Dictionary<string, AttributeValue>> items;
            (items, from) = query.UserId is { } user
                ? await QueryAsync(user, filter, new(names), new(values), from, cancellationToken)
                : await ScanAsync(filter, names, values, from, cancellationToken);
            foreach (Dictionary<string, AttributeValue> item in items)
                yield return Read(item) with { TableName = tableName };
        }
        while (from is { Count: > 0 });
    }

    public async Task<Message> CheckAsync(CancellationToken cancellationToken)
    {
        JobTable table = await new MvpTableApi(dynamo).DescribeAsync(tableName, cancellationToken) ?? throw Missing(null);
        return table.Fault is { } fault ? throw new OpsException(ErrorIds.JobStoreUnavailable, JobTableMessages.NotAJobTable(tableName, fault))
            : table.Status is not ("ACTIVE" or "UPDATING") ? throw new OpsException(ErrorIds.JobStoreUnavailable, JobTableMessages.NotActive(tableName, table.Status))
            : JobTableMessages.Status(tableName, table.Status);
    }

    public void Dispose()
    {
        // The session's client is the session's to close.
    }

    private async Task<(List<Dictionary<string, AttributeValue>> Items, Dictionary<string, AttributeValue>? Next)> QueryAsync(
        string user, string? filter, Dictionary<string, string> names, Dictionary<string, AttributeValue> values, Dictionary<string, AttributeValue>? from, CancellationToken cancellationToken)
    {
        names["#u"] = MvpJobDocument.UserId;
        values[":u"] = new AttributeValue(user);
        QueryRequest request = new()
        {
            TableName = tableName, IndexName = MvpTableApi.UserIndex, KeyConditionExpression = "#u = :u", FilterExpression = filter,
            ExpressionAttributeNames = names, ExpressionAttributeValues = values, ExclusiveStartKey = from, ScanIndexForward = false,
        };
        QueryResponse answer = await CallAsync("Query", client => client.QueryAsync(request, cancellationToken), cancellationToken);
        return (DynamoTable.Items("Query", tableName, answer.Count, answer.Items), answer.LastEvaluatedKey);
    }

    private async Task<(List<Dictionary<string, AttributeValue>> Items, Dictionary<string, AttributeValue>? Next)> ScanAsync(
        string? filter, Dictionary<string, string> names, Dictionary<string, AttributeValue> values, Dictionary<string, AttributeValue>? from, CancellationToken cancellationToken)
    {
        ScanRequest request = new() { TableName = tableName, FilterExpression = filter, ExclusiveStartKey = from, ConsistentRead = true };
        if (filter is not null)
            (request.ExpressionAttributeNames, request.ExpressionAttributeValues) = (names, values);
        ScanResponse answer = await CallAsync("Scan", client => client.ScanAsync(request, cancellationToken), cancellationToken);
        return (DynamoTable.Items("Scan", tableName, answer.Count, answer.Items), answer.LastEvaluatedKey);
    }

    private PutItemRequest Put(MvpJob job, string condition, Dictionary<string, string> names, Dictionary<string, AttributeValue> values) => new()
    {
        TableName = tableName,
        Item = DynamoItem.Write(MvpJobDocument.Write(job)),
        ConditionExpression = condition,
        ExpressionAttributeNames = names,
        ExpressionAttributeValues = values.Count > 0 ? values : null,
    };

    private async Task<bool> PutAsync(PutItemRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync("PutItem", client => client.PutItemAsync(request, cancellationToken), cancellationToken);
            return true;
        }
        catch (ServiceCallException e) when (e.Call.Code == "ConditionalCheckFailedException")
        {
            return false;
        }
    }

    private async Task<T> CallAsync<T>(string operation, Func<Amazon.DynamoDBv2.AmazonDynamoDBClient, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await dynamo.CallAsync(operation, tableName, call, cancellationToken);
        }
        catch (ServiceCallException e) when (e.Call.Code == "ResourceNotFoundException")
        {
            throw Missing(e);
        }
    }

    private MvpJob Read(Dictionary<string, AttributeValue> item)
    {
        try
        {
            return MvpJobDocument.Read(DynamoItem.Read(item));
        }
        catch (JsonException e)
        {
            Message message = item.TryGetValue(MvpJobDocument.JobId, out AttributeValue? id)
                ? JobTableMessages.NotAJob(id.S, tableName, EventDocument.Reason(e))
                : JobTableMessages.NotAJobWithoutId(tableName, MvpJobDocument.JobId, EventDocument.Reason(e));
            throw new OpsException(ErrorIds.JobStoreUnavailable, message, e);
        }
    }

    private OpsException Missing(Exception? inner) => new(ErrorIds.JobStoreUnavailable, JobTableMessages.TableNotFound(tableName), inner);
}
