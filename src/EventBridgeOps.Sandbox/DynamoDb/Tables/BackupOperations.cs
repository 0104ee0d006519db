using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Requests;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb.Tables;

/// <summary>Continuous backups, which every table has, with point-in-time recovery disabled: the sandbox keeps no backups.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html</remarks>
internal static class BackupOperations
{
    public static RawDocument Describe(Operation operation)
    {
        RequestCheck.Known(operation.Input, "TableName");
        string name = DynamoTable.NameIn(operation, operation.Input);
        if (DynamoTable.Named(operation, name) is null)
            throw DynamoErrors.NoTableForBackups(name);
        return RawDocument.Empty.With(
            "ContinuousBackupsDescription",
            RawDocument.Empty
                .With("ContinuousBackupsStatus", "ENABLED")
                .With("PointInTimeRecoveryDescription", RawDocument.Empty.With("PointInTimeRecoveryStatus", "DISABLED")));
    }
}
