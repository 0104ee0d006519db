namespace EventBridgeOps.Lambda.Logging;

/// <summary>The values of <c>event</c> in log lines. They do not change, so that searches and alarms can name them.</summary>
internal static class LogEvents
{
    /// <summary>The function has started.</summary>
    public const string Started = "function.started";

    /// <summary>The function cannot start.</summary>
    public const string NotStarted = "function.not-started";

    /// <summary>An invocation is done: <c>task</c>, <c>status</c>, <c>milliseconds</c>, and the outcome.</summary>
    public const string Done = "invocation.done";

    /// <summary>An invocation failed: the event is delivered again, or lost if this was the last delivery.</summary>
    public const string Failed = "invocation.failed";

    /// <summary>A target, job definition, service or job of an outcome: <c>kind</c>, <c>name</c>, <c>from</c>, <c>to</c>, <c>status</c>, <c>reason</c>.</summary>
    public const string Item = "item";

    /// <summary>Something failed for one item.</summary>
    public const string ItemFailed = "item.failed";

    /// <summary>Something needs attention although nothing failed.</summary>
    public const string Warning = "warning";

    /// <summary>A decision.</summary>
    public const string Decision = "decision";

    /// <summary>An event of a bus, with fields redacted.</summary>
    public const string Event = "event.received";
}
