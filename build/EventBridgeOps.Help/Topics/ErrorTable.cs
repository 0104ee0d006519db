using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Help.Topics;

/// <summary>The table in the page of errors.</summary>
internal static class ErrorTable
{
    /// <summary>The path of the page, relative to the root of the repository.</summary>
    public const string File = "docs/errors.md";

    /// <summary>The lines of the table, with its head.</summary>
    public static string Make() => string.Join('\n', ErrorIds.All.Select(error => $"| `{error.Id}` | {error.Category} | {error.Meaning} | {error.Advice} |").Prepend("| --- | --- | --- | --- |").Prepend("| id | category | what it means | what to do |"));
}
