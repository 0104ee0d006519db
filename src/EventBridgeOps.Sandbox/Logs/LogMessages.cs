using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>What the sandbox says of requests that CloudWatch Logs would answer.</summary>
internal static class LogMessages
{
    public static Message NoParameter(string name) => Message.Of($"The sandbox does not support the parameter {name} of CloudWatch Logs.");

    public static Message NoClass(string name) => Message.Of($"The sandbox does not support log groups of the class {name}, only of STANDARD.");

    public static Message NoPattern(string pattern) => Message.Of($"The sandbox does not support the filter pattern {pattern}: it supports terms, quoted phrases, -term and ?term.");

    public static Message NoLogSource(string arn) => Message.Of($"The sandbox does not deliver the logs of {arn}, only those of event buses.");

    public static Message NoLogDestination(string arn) => Message.Of($"The sandbox does not deliver logs to {arn}, only to log groups of its account and Region.");

    public static Message NoFormat(string format) => Message.Of($"The sandbox does not deliver logs in the format {format}, only in json.");
}
