using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Automation;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Lambda.Logging;

/// <summary>Writes log lines, each a JSON object, which CloudWatch Logs Insights reads without a pattern.</summary>
/// <param name="output">Where to: standard output.</param>
/// <param name="time">The clock.</param>
internal sealed class LogWriter(TextWriter output, TimeProvider time)
{
    private readonly object _gate = new();

    /// <summary>The lowest level that is written.</summary>
    public LogLevel Level { get; set; }

    /// <summary>Writes a line.</summary>
    /// <param name="level">Its level.</param>
    /// <param name="name">One of <see cref="LogEvents"/>.</param>
    /// <param name="requestId">The ID of the invocation; null outside of one.</param>
    /// <param name="traceId">The trace ID; null if there is none.</param>
    /// <param name="message">What is said; null if the fields say it.</param>
    /// <param name="fields">More fields.</param>
    public void Write(LogLevel level, string name, string? requestId, string? traceId, string? message, JsonObject? fields = null)
    {
        if (level < Level)
            return;
        JsonObject line = new()
        {
            ["time"] = time.GetUtcNow().ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["level"] = level.ToString().ToUpperInvariant(),
            ["event"] = name,
        };
        if (requestId is not null)
            line["requestId"] = requestId;
        if (traceId is not null)
            line["traceId"] = traceId;
        if (message is not null)
            line["message"] = message;
        foreach (KeyValuePair<string, JsonNode?> field in fields ?? [])
            line[field.Key] = field.Value?.DeepClone();
        Write(line);
    }

    /// <summary>Writes a line as it is.</summary>
    public void Write(JsonObject line)
    {
        lock (_gate)
        {
            output.WriteLine(Document.Write(line));
            output.Flush();
        }
    }
}
