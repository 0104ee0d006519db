using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Queries;

/// <summary>What is said about queries. The reasons are clauses.</summary>
internal static class QueryMessages
{
    public static Message Invalid(string expression, Message reason) => Message.Of($"'{expression}' is not a valid JMESPath expression for {"Query":param}: {reason:clause}.");

    public static Message TooLong(int length, int most) => Message.Of($"The expression of {"Query":param} has {length} characters, but {most} is the maximum.");

    public static Message Reason(string reason) => Message.Of($"{reason}");

    public static Message Unfinished() => Message.Of($"it is not complete");

    public static Message Unexpected(string near, int column) => Message.Of($"'{near}' at character {column} is unexpected");

    public static Message NotALiteral(string literal, string text) => Message.Of($"{literal} is not JSON. Write a text in single quotation marks: '{text}'");

    public static Message WithReport(string form) => Message.Of($"{"Query":param} cannot be combined with {"Output":param} {form}, because a report is not JSON. Use json, jsonl, csv, table or text.");
}
