using System.Globalization;
using EventBridgeOps.Sandbox.Logs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>What a function writes goes to its log group, a stream for each process, as far as its role allows it; what the role does not allow is lost without an error.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html</remarks>
internal static class FunctionLogs
{
    /// <summary>The configuration with the log group that a request names, or else that of the name.</summary>
    public static RawDocument Config(string name, RawDocument input) => RawDocument.Empty
        .With("LogFormat", "Text")
        .With("LogGroup", input.Object("LoggingConfig")?.Text("LogGroup") ?? "/aws/lambda/" + name);

    /// <summary>The log group of a function.</summary>
    public static string GroupOf(RawDocument function) => function.Object("LoggingConfig")?.Text("LogGroup") ?? "/aws/lambda/" + function.Text("FunctionName");

    /// <summary>Writes the log of an invocation.</summary>
    public static void Write(Operation operation, Invocation invocation, DateTimeOffset began, InvocationResult result)
    {
        string name = GroupOf(invocation.Function);
        if (LogGroup.Named(operation, name) is not { } group)
        {
            if (!May(operation, invocation, "logs:CreateLogGroup", operation.Arn("logs", "log-group:" + name)))
                return;
            group = LogGroup.Create(operation, name);
        }

        string stream = string.Format(CultureInfo.InvariantCulture, "{0:yyyy/MM/dd}/[$LATEST]{1}", began.UtcDateTime, result.Process), arn = group.StreamArn(stream);
        if (!May(operation, invocation, "logs:CreateLogStream", arn) || !May(operation, invocation, "logs:PutLogEvents", arn))
            return;
        if (!group.Streams.ContainsKey(stream))
            group.CreateStream(stream);
        long now = operation.Now.ToUnixTimeMilliseconds();
        group.Append(stream, [.. result.Lines.Where(line => line.Length > 0).Select(line => (now, line))]);
    }

    private static bool May(Operation operation, Invocation invocation, string action, string resource) =>
        operation.Account.Roles.May(operation, invocation.Function.Text("Role")!, FunctionOutput.Service, invocation.Arn, action, resource).IsAllowed;
}
