using System.Text.Json.Nodes;
using EventBridgeOps.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Lambda.Logging;
using EventBridgeOps.Lambda.Runtime;

namespace EventBridgeOps.Lambda.Handling;

/// <summary>Starts the function, and handles invocations one after the other until it is ended.</summary>
internal static class Host
{
    /// <summary>The address of the Runtime API.</summary>
    public const string RuntimeVariable = "AWS_LAMBDA_RUNTIME_API";

    /// <summary>The table for leases and the journal.</summary>
    public const string TableVariable = "EBOPS_TABLE";

    /// <summary>The configuration, or the parameter in Parameter Store that has it. No name of a parameter begins with a brace.</summary>
    public const string SettingsVariable = "EBOPS_SETTINGS";

    /// <summary>Runs the function.</summary>
    /// <param name="host">The environment, the clock and the randomness.</param>
    /// <param name="output">The log.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code: 0 if it was ended, 1 if it could not start.</returns>
    public static async Task<int> RunAsync(SessionHost host, TextWriter output, CancellationToken cancellationToken)
    {
        LogWriter log = new(output, host.Time);
        if (host.Environment(RuntimeVariable) is not { Length: > 0 } address)
        {
            log.Write(LogLevel.Error, LogEvents.NotStarted, null, null, $"{RuntimeVariable} is not set. AWS Lambda sets it; this program runs nowhere else.");
            return 1;
        }

        using RuntimeClient runtime = new(address);
        try
        {
            string? table = host.Environment(TableVariable) is { Length: > 0 } named ? named : null;
            using OpsSession session = OpsSession.Open(Options(host, table));
            AutomationSettings settings = await SettingsAsync(session, host, cancellationToken);
            log.Level = settings.Log.Level;
            AutomationTask? forced = WorkKind.Forced(host.Environment("_HANDLER"));
            Function function = new(new Tasks(session, host, settings, table), settings, forced, log, host.Time);
            if (table is null)
                new LogObserver(log, null).Warning(HostMessages.NoTable(TableVariable));
            log.Write(LogLevel.Info, LogEvents.Started, null, null, null, new JsonObject { ["version"] = ProductVersion.Text, ["region"] = session.Region, ["handler"] = forced?.ToString(), ["table"] = table });
            await LoopAsync(runtime, function, log, cancellationToken);
            return 0;
        }
        catch (OpsException e)
        {
            string said = e.In(CommandLineVoice.Instance).Message;
            log.Write(LogLevel.Error, LogEvents.NotStarted, null, null, said, new JsonObject { ["errorId"] = e.ErrorId });
            await runtime.FailStartAsync(e.ErrorId, said, cancellationToken);
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }

    /// <summary>The requests to a service that an invocation sends without a pause: half of the smallest quota for a second, since a function is paid by the time that it waits.</summary>
    private const int Burst = 25;

    // The file system of a function is read-only but for its temporary folder.
    private static SessionOptions Options(SessionHost host, string? table) =>
        new() { Host = host, RequestBurst = Burst, JournalTable = table, JournalPath = table is null && host.Environment(JournalLocation.Variable) is null ? Path.Combine(Path.GetTempPath(), "ebops", "journal") : null };

    private static async Task<AutomationSettings> SettingsAsync(OpsSession session, SessionHost host, CancellationToken cancellationToken)
    {
        if (host.Environment(SettingsVariable)?.Trim() is not { Length: > 0 } named)
            return SettingFields.Read(null, SettingsVariable, host.Environment);
        if (named[0] == '{')
            return SettingFields.Read(named, SettingsVariable, host.Environment);
        return SettingFields.Read(await session.Get<IParameterApi>().ReadAsync(named, cancellationToken), HostMessages.Parameter(named).ToString(), host.Environment);
    }

    private static async Task LoopAsync(RuntimeClient runtime, Function function, LogWriter log, CancellationToken cancellationToken)
    {
        while (true)
        {
            Invocation invocation = await runtime.NextAsync(cancellationToken);
            try
            {
                JsonObject answer = await function.HandleAsync(invocation, cancellationToken);
                await runtime.AnswerAsync(invocation.RequestId, answer, cancellationToken);
            }
            catch (Exception e) when (e is not (OperationCanceledException or HttpRequestException))
            {
                // Whatever an event does, the next one is handled.
                OpsException error = e as OpsException ?? new OpsException(ErrorIds.Unexpected, HandlingMessages.Unexpected(e), e);
                string said = error.In(CommandLineVoice.Instance).Message;
                log.Write(LogLevel.Error, LogEvents.Failed, invocation.RequestId, invocation.TraceId, said, new JsonObject { ["errorId"] = error.ErrorId });
                await runtime.FailAsync(invocation.RequestId, error.ErrorId, said, cancellationToken);
            }
        }
    }
}

/// <summary>Messages about the start.</summary>
internal static class HostMessages
{
    public static Message NoTable(string variable) => Message.Of($"{variable} is not set. The journal is a file of this instance, and an event that is delivered twice at the same moment can register two revisions with the same image.");

    public static Message Parameter(string name) => Message.Of($"parameter {name}");
}
