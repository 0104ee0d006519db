using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Jobs;

/// <summary>Messages about the table of MVP jobs.</summary>
internal static class JobTableMessages
{
    public static Message Table(string table) => Message.Of($"table {table}");

    public static Message Status(string table, string status) => Message.Of($"table {table} is {status}");

    public static Message JobExists(string job, string table) => Message.Of($"Job {job} already exists in table {table} and was not changed. Specify another {"JobId":param}, or omit it.");

    public static Message NotAJobTable(string table, string fault) => Message.Of($"Table {table} is not a valid table for MVP jobs: {fault:clause}.");

    public static Message WrongKey(string key) => Message.Of($"its primary key is not {key} alone");

    public static Message NoIndex(string index) => Message.Of($"it has no index {index}");

    public static Message NotActive(string table, string status) => Message.Of($"Table {table} is {status}. Wait until it is ACTIVE.");

    public static Message NotAJob(string job, string table, Message fault) => NotReadable(Message.Of($"Item {job}"), table, fault);

    public static Message NotAJobWithoutId(string table, string key, Message fault) => NotReadable(Message.Of($"An item without {key}"), table, fault);

    public static Message TableNotFound(string table) =>
        Message.Of($"Table {table} for MVP jobs was not found. Create it with {"mvp create-table":cmd}, specify another table with {"TableName":param} or DYNAMODB_TABLE_NAME, or use a file with {"StorePath":param}.");

    public static Message NoDynamoDb(Uri endpoint) =>
        Message.Of($"{endpoint} does not provide Amazon DynamoDB. Keep the jobs in a file with {"StorePath":param} or the environment variable EBOPS_JOB_STORE.");

    private static Message NotReadable(Message item, string table, Message fault, [CallerMemberName] string member = "") =>
        Message.Of($"{item} of table {table} is not a valid MVP job: {fault:clause}. If this is the wrong table, specify the right one with {"TableName":param}.", member);
}
