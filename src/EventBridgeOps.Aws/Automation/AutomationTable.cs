using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using EventBridgeOps.Aws.Jobs;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Automation;

/// <summary>The table of the automation: leases and records of work, and the lines of the journal.</summary>
/// <remarks>
/// Partition key <c>id</c> and sort key <c>at</c>, both strings; time to live on <c>expires</c>. Work is at <c>work#KIND</c> and its key; the lines of a
/// day's journal are at <c>journal#2026-11-27</c>, in the order in which they were written, and the days at <c>journal</c>.
/// </remarks>
/// <param name="dynamo">DynamoDB.</param>
/// <param name="tableName">The table's name.</param>
/// <param name="errorId">The error if the table cannot be used.</param>
internal sealed class AutomationTable(DynamoTable dynamo, string tableName, string errorId)
{
    public const string Id = "id";
    public const string At = "at";
    public const string Expires = "expires";

    public string Name => tableName;

    /// <summary>The key of an item.</summary>
    public static Dictionary<string, AttributeValue> Key(string id, string at) => new() { [Id] = new AttributeValue(id), [At] = new AttributeValue(at) };

    /// <summary>Calls DynamoDB.</summary>
    /// <exception cref="OpsException">The table cannot be used.</exception>
    public async Task<T> CallAsync<T>(string operation, Func<AmazonDynamoDBClient, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await dynamo.CallAsync(operation, tableName, call, cancellationToken);
        }
        catch (ServiceCallException e) when (e.Call.Code == "ResourceNotFoundException")
        {
            throw new OpsException(errorId, AutomationTableMessages.NotFound(tableName), e);
        }
        catch (ServiceCallException e)
        {
            throw new OpsException(errorId, AutomationTableMessages.NotUsable(tableName, e), e);
        }
    }

    /// <summary>Makes a conditional write.</summary>
    /// <returns>False if the condition is not met.</returns>
    /// <exception cref="OpsException">The table cannot be used.</exception>
    public async Task<bool> WriteAsync<T>(string operation, Func<AmazonDynamoDBClient, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(operation, call, cancellationToken);
            return true;
        }
        catch (OpsException e) when (e.InnerException is ServiceCallException { Call.Code: "ConditionalCheckFailedException" })
        {
            return false;
        }
    }
}

/// <summary>Messages about the table of the automation.</summary>
internal static class AutomationTableMessages
{
    public static Message NotFound(string table) => Message.Of($"Table {table} was not found. Check the name, the Region and the account. The table needs the partition key id and the sort key at, both strings.");

    public static Message NotUsable(string table, OpsException error) => Message.Of($"Table {table} could not be used: {error}");

    public static Message LineTooLarge(string table, int bytes) => Message.Of($"A line of the journal has {bytes} bytes. Table {table} accepts items of at most 400 KB, so the change was not made.");

    public static Message Line(string at, string table) => Message.Of($"line {at} of table {table}");
}
