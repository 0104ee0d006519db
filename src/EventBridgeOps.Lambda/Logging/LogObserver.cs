using System.Text.Json.Nodes;
using EventBridgeOps.Automation;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Lambda.Runtime;

namespace EventBridgeOps.Lambda.Logging;

/// <summary>Logs what a run reports.</summary>
/// <param name="log">The log.</param>
/// <param name="invocation">The invocation; null at the start of the function.</param>
internal sealed class LogObserver(LogWriter log, Invocation? invocation) : IRunObserver
{
    public IVoice Voice => CommandLineVoice.Instance;

    public void Progress(RunProgress progress)
    {
        // A log has no use for it.
    }

    public void Warning(Message message) => Write(LogLevel.Warning, LogEvents.Warning, this.Text(message), null);

    public void Verbose(Message message) => Write(LogLevel.Debug, LogEvents.Decision, this.Text(message), null);

    /// <summary>The first failure; null if there was none.</summary>
    public OpsException? FirstFailure { get; private set; }

    public void Failed(ItemFailure failure)
    {
        FirstFailure ??= failure.Error;
        Write(LogLevel.Error, LogEvents.ItemFailed, this.Text(failure.Error), new JsonObject { ["errorId"] = failure.Error.ErrorId, ["item"] = failure.Target?.ToString() });
    }

    /// <summary>Writes a line of the invocation.</summary>
    public void Write(LogLevel level, string name, string? message, JsonObject? fields) => log.Write(level, name, invocation?.RequestId, invocation?.TraceId, message, fields);
}
