using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Items;
using EventBridgeOps.Sandbox.DynamoDb.Tables;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb;

/// <summary>DynamoDB as far as it is spoken here: tables and items by expressions; no streams, backups, replicas or PartiQL.</summary>
internal sealed class DynamoService : IService
{
    public string Name => "dynamodb";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["CreateTable"] = TableOperations.Create,
        ["DescribeTable"] = TableOperations.Describe,
        ["DeleteTable"] = TableOperations.Delete,
        ["ListTables"] = TableOperations.List,
        ["UpdateTable"] = UpdateTableOperation.Update,
        ["UpdateTimeToLive"] = TimeToLive.Update,
        ["DescribeTimeToLive"] = TimeToLive.Describe,
        ["DescribeContinuousBackups"] = BackupOperations.Describe,
        ["TagResource"] = TagOperations.Tag,
        ["UntagResource"] = TagOperations.Untag,
        ["ListTagsOfResource"] = TagOperations.List,
        ["PutItem"] = ItemOperations.Put,
        ["GetItem"] = ItemOperations.Get,
        ["UpdateItem"] = ItemOperations.Update,
        ["DeleteItem"] = ItemOperations.Delete,
        ["Query"] = QueryOperation.Query,
        ["Scan"] = ScanOperation.Scan,
        ["BatchGetItem"] = BatchOperations.Get,
        ["BatchWriteItem"] = BatchOperations.Write,
        ["TransactGetItems"] = TransactionOperations.Get,
        ["TransactWriteItems"] = TransactionOperations.Write,
    };

    public AwsError BadToken => DynamoErrors.Validation("Invalid NextToken");

    public AwsError Internal(int status) => new(status, "com.amazonaws.dynamodb.v20120810#InternalServerError", "Internal server error");
}
