using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Jobs;

/// <summary>The job store: a file or a DynamoDB table.</summary>
/// <param name="Path">The file; null for the table.</param>
/// <param name="TableName">The table.</param>
public sealed record JobStoreChoice(string? Path, string TableName)
{
    /// <summary>The environment variable that names the file.</summary>
    public const string Variable = "EBOPS_JOB_STORE";

    /// <summary>The default table.</summary>
    public const string DefaultTable = "mvp-development-jobs";

    /// <summary>The store that the user specifies, else <c>EBOPS_JOB_STORE</c>, else the table of <c>DYNAMODB_TABLE_NAME</c>, else <see cref="DefaultTable"/>.</summary>
    /// <param name="path">A file; null when not specified.</param>
    /// <param name="tableName">A table; null when not specified.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: both are specified.</exception>
    public static JobStoreChoice From(string? path, string? tableName, Func<string, string?> environment)
    {
        if (Given(path) is not null && Given(tableName) is not null)
            throw new OpsException(ErrorIds.InvalidArgument, JobMessages.FileAndTable());
        string? file = Given(path) ?? (Given(tableName) is null ? Given(environment(Variable)) : null);
        return new JobStoreChoice(file, Given(tableName) ?? Given(environment("DYNAMODB_TABLE_NAME")) ?? DefaultTable);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
