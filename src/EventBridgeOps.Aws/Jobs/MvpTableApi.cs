using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using EventBridgeOps.Aws.Services;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Jobs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Jobs;

/// <summary>Creates and describes the DynamoDB table for MVP jobs.</summary>
internal sealed class MvpTableApi(DynamoTable dynamo) : IMvpTableApi
{
    /// <summary>The index of a user's jobs by time.</summary>
    public const string UserIndex = MvpJobDocument.UserId + "-" + MvpJobDocument.CreatedAt + "-index";

    public async Task<JobTable?> DescribeAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            TableDescription? table = (await dynamo.CallAsync("DescribeTable", name, client => client.DescribeTableAsync(name, cancellationToken), cancellationToken)).Table;
            if (table?.TableStatus is null)
                throw DynamoTable.Malformed("DescribeTable", name, ServicesMessages.FieldMissing(table is null ? "Table" : "TableStatus"));
            Message? fault = !(table.KeySchema is { Count: 1 } key && key[0].AttributeName == MvpJobDocument.JobId) ? JobTableMessages.WrongKey(MvpJobDocument.JobId)
                : table.GlobalSecondaryIndexes?.Exists(index => index.IndexName == UserIndex) != true ? JobTableMessages.NoIndex(UserIndex)
                : null;
            return new JobTable(table.TableArn, table.TableStatus.Value, fault?.ToString());
        }
        catch (ServiceCallException e) when (e.Call.Code == "ResourceNotFoundException")
        {
            return null;
        }
    }

    public Task CreateAsync(string name, CancellationToken cancellationToken) => dynamo.CallAsync(
        "CreateTable", name,
        client => client.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = name,
                BillingMode = BillingMode.PAY_PER_REQUEST,
                AttributeDefinitions = [Text(MvpJobDocument.JobId), Text(MvpJobDocument.UserId), Text(MvpJobDocument.CreatedAt)],
                KeySchema = [Key(MvpJobDocument.JobId, isHash: true)],
                GlobalSecondaryIndexes =
                [
                    new GlobalSecondaryIndex
                    {
                        IndexName = UserIndex,
                        KeySchema = [Key(MvpJobDocument.UserId, isHash: true), Key(MvpJobDocument.CreatedAt, isHash: false)],
                        Projection = new Projection { ProjectionType = ProjectionType.ALL },
                    },
                ],
            },
            cancellationToken),
        cancellationToken);

    private static AttributeDefinition Text(string name) => new(name, ScalarAttributeType.S);

    private static KeySchemaElement Key(string name, bool isHash) => new(name, isHash ? KeyType.HASH : KeyType.RANGE);
}
