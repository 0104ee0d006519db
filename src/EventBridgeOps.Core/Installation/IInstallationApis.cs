using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Services;

namespace EventBridgeOps.Installation;

/// <summary>The bucket of packages in Amazon S3. Every method throws <see cref="ServiceCallException"/> if the service rejects the call or cannot be reached.</summary>
public interface IPackageBucketApi
{
    /// <summary>ListObjectsV2.</summary>
    /// <param name="bucket">The name of the bucket.</param>
    /// <param name="prefix">What the keys begin with; empty for all.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The keys.</returns>
    IAsyncEnumerable<string> ListAsync(string bucket, string prefix, CancellationToken cancellationToken);

    /// <summary>ListObjectVersions: what a bucket holds, including what is hidden by later versions and by delete markers.</summary>
    /// <param name="bucket">The name of the bucket.</param>
    /// <param name="prefix">What the keys begin with; empty for all.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The versions and the delete markers. The objects of a bucket that never had versions are versions too.</returns>
    IAsyncEnumerable<StoredVersion> ListVersionsAsync(string bucket, string prefix, CancellationToken cancellationToken);

    /// <summary>PutObject.</summary>
    /// <param name="bucket">The name of the bucket.</param>
    /// <param name="key">The key.</param>
    /// <param name="content">The content.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task PutAsync(string bucket, string key, byte[] content, CancellationToken cancellationToken);

    /// <summary>DeleteObject of a version, or of a delete marker.</summary>
    /// <param name="bucket">The name of the bucket.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DeleteAsync(string bucket, StoredVersion version, CancellationToken cancellationToken);
}

/// <summary>A version of an object in Amazon S3, or a delete marker.</summary>
/// <param name="Key">The key of the object.</param>
/// <param name="Id">The ID of the version; <c>null</c>, as a text, for one that was written without versions.</param>
public sealed record StoredVersion(string Key, string Id);

/// <summary>The function in AWS Lambda. Every method throws <see cref="ServiceCallException"/> if the service rejects the call or cannot be reached.</summary>
public interface IFunctionApi
{
    /// <summary>GetFunctionConfiguration.</summary>
    /// <param name="function">The name or ARN of the function.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<JsonObject> GetConfigurationAsync(string function, CancellationToken cancellationToken);

    /// <summary>GetPolicy.</summary>
    /// <param name="function">The name or ARN of the function.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The resource policy as JSON text; null if the function has none.</returns>
    Task<string?> GetPolicyAsync(string function, CancellationToken cancellationToken);

    /// <summary>GetEventSourceMapping.</summary>
    /// <param name="id">The UUID of the event source mapping.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<JsonObject> GetEventSourceMappingAsync(string id, CancellationToken cancellationToken);

    /// <summary>Invoke, and waits for the answer, for 90 seconds at most.</summary>
    /// <param name="function">The name or ARN of the function.</param>
    /// <param name="payload">The payload, a JSON object.</param>
    /// <param name="cancellationToken">Cancels the wait; the function continues.</param>
    Task<FunctionAnswer> InvokeAsync(string function, JsonObject payload, CancellationToken cancellationToken);
}

/// <summary>What a function answered.</summary>
/// <param name="Error">What AWS Lambda says of an error: <c>Unhandled</c>; null if the function succeeded.</param>
/// <param name="Document">The answer, or the error.</param>
public sealed record FunctionAnswer(string? Error, JsonObject Document);

/// <summary>Amazon CloudWatch Logs and alarms. Every method throws <see cref="ServiceCallException"/> if the service rejects the call or cannot be reached.</summary>
public interface IMonitoringApi
{
    /// <summary>FilterLogEvents.</summary>
    /// <param name="logGroup">The name of the log group.</param>
    /// <param name="since">The time of the first event.</param>
    /// <param name="pattern">The filter pattern; null for all.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The events, as far as CloudWatch Logs can sort them by time.</returns>
    IAsyncEnumerable<LogEvent> FilterAsync(string logGroup, DateTimeOffset since, string? pattern, CancellationToken cancellationToken);

    /// <summary>DescribeAlarms.</summary>
    /// <param name="names">The names of the alarms, at most 100.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The state of each: <c>OK</c>, <c>ALARM</c> or <c>INSUFFICIENT_DATA</c>.</returns>
    Task<IReadOnlyDictionary<string, string>> DescribeAlarmsAsync(IReadOnlyList<string> names, CancellationToken cancellationToken);
}

/// <summary>An event of a log.</summary>
/// <param name="Id">Its ID.</param>
/// <param name="Time">Its time.</param>
/// <param name="Text">Its text.</param>
public sealed record LogEvent(string Id, DateTimeOffset Time, string Text)
{
    /// <summary>The document that the text is; null if it is another text, as the lines of AWS Lambda itself are.</summary>
    internal JsonObject? ReadJson()
    {
        try
        {
            return Text.Length > 0 && Text[0] == '{' ? Document.Parse(Text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Deletes what outlives a stack because it holds data. Every method throws <see cref="ServiceCallException"/> if the service rejects the call or cannot be reached; what does not exist is deleted already.</summary>
public interface IRetainedDataApi
{
    /// <summary>DeleteTable.</summary>
    /// <param name="table">The name of the table.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task DeleteTableAsync(string table, CancellationToken cancellationToken);

    /// <summary>DeleteQueue.</summary>
    /// <param name="queueUrl">The URL of the queue.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task DeleteQueueAsync(string queueUrl, CancellationToken cancellationToken);

    /// <summary>DeleteLogGroup.</summary>
    /// <param name="logGroup">The name of the log group.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task DeleteLogGroupAsync(string logGroup, CancellationToken cancellationToken);
}

/// <summary>Downloads a package.</summary>
public interface IPackageDownload
{
    /// <summary>GET.</summary>
    /// <param name="address">The URL.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <exception cref="EventBridgeOps.Events.Messages.OpsException"><see cref="EventBridgeOps.Events.Messages.ErrorIds.InvalidPackage"/>: it could not be downloaded.</exception>
    Task<byte[]> DownloadAsync(Uri address, CancellationToken cancellationToken);
}
