using System.Text.Json.Nodes;
using EventBridgeOps.Automation;
using EventBridgeOps.Deployments;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.ServiceDeployments;

namespace EventBridgeOps.Lambda.Handling;

/// <summary>Which handler an event is for: by what the event is, or as <c>_HANDLER</c> says.</summary>
internal static class WorkKind
{
    /// <summary>The names of handlers, for <c>_HANDLER</c> and for <c>command</c>.</summary>
    private static readonly Dictionary<string, AutomationTask> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image-push"] = AutomationTask.ImagePush,
        ["drift-check"] = AutomationTask.DriftCheck,
        ["service-update"] = AutomationTask.ServiceUpdate,
        ["service-deployment"] = AutomationTask.ServiceDeployment,
        ["job-state"] = AutomationTask.JobState,
        ["dead-letter"] = AutomationTask.DeadLetter,
        ["event-log"] = AutomationTask.EventLog,
    };

    /// <summary>The names of the handlers.</summary>
    public static IReadOnlyCollection<string> All => Names.Keys;

    /// <summary>The handler that <c>_HANDLER</c> forces; null if the event decides.</summary>
    /// <param name="handler">The value: a name of a handler, or <c>bootstrap</c>.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidSettings"/>: it is neither.</exception>
    public static AutomationTask? Forced(string? handler) =>
        string.IsNullOrEmpty(handler) || handler is "bootstrap" ? null
        : Names.TryGetValue(handler, out AutomationTask task) ? task
        : throw new OpsException(ErrorIds.InvalidSettings, HandlingMessages.UnknownHandler(handler, Names.Keys));

    /// <summary>The handler of an event.</summary>
    /// <param name="document">What the function was invoked with.</param>
    /// <param name="settings">The configuration.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEvent"/>: there is none.</exception>
    public static AutomationTask Of(JsonObject document, AutomationSettings settings)
    {
        if (document["command"] is { } command)
            return Names.TryGetValue(Document.Text(command) ?? "", out AutomationTask named) ? named : throw new OpsException(ErrorIds.InvalidEvent, HandlingMessages.UnknownCommand(command.ToJsonString(), Names.Keys));
        if (DeadLetterTask.IsBatch(document))
            return AutomationTask.DeadLetter;
        string? source = document.String("source"), type = document.String("detail-type");
        return (source, type) switch
        {
            ("aws.ecr", "ECR Image Action") => AutomationTask.ImagePush,
            (ServiceDeploymentEvent.Source, ServiceDeploymentEvent.DetailType) => AutomationTask.ServiceDeployment,
            (not null, Deployment.DetailType) when settings.Deployment.Sources.Contains(source) => AutomationTask.ServiceUpdate,
            ("aws.batch", "Batch Job State Change") => AutomationTask.JobState,
            ("aws.batch", "AWS API Call via CloudTrail") when IsOfJobDefinitions(document) => AutomationTask.DriftCheck,
            ("aws.events" or "aws.scheduler", "Scheduled Event") => AutomationTask.DriftCheck,
            _ => throw new OpsException(ErrorIds.InvalidEvent, HandlingMessages.UnknownEvent(source, type)),
        };
    }

    private static bool IsOfJobDefinitions(JsonObject document) =>
        (document["detail"] as JsonObject)?.String("eventName") is "RegisterJobDefinition" or "DeregisterJobDefinition";
}

/// <summary>Messages about events.</summary>
internal static class HandlingMessages
{
    public static Message UnknownHandler(string handler, IEnumerable<string> known) => Message.Of($"The handler {handler} is unknown. Specify bootstrap, so that the event decides, or one of: {known}.");

    public static Message UnknownCommand(string command, IEnumerable<string> known) => Message.Of($"The command {command} is unknown. Specify one of: {known}.");

    public static Message UnknownEvent(string? source, string? type) => Message.Of($"No handler is known for an event with the source {source} and the detail type {type}. Change the pattern of the rule, or set the handler of the function.");

    public static Message NotABatch() => Message.Of($"The handler dead-letter needs Records, as Amazon SQS sends them to a function.");

    public static Message NotAnObject() => Message.Of($"The payload is not a valid JSON object.");

    public static Message Logged() => Message.Of($"The event was logged.");

    public static Message Skipped(AutomationTask task) => Message.Of($"The event asks for nothing ({task}).");

    public static Message NoJobTable() => Message.Of($"The job was not updated, because no table of MVP jobs is configured. Set DYNAMODB_TABLE_NAME or jobs.table.");

    public static Message Ended(TimeSpan left) => Message.Of($"The work was stopped {left.TotalSeconds} seconds before the timeout of the function. What was in progress is recorded in the journal, and the next delivery of the event finishes it.");

    public static Message Unexpected(Exception error) => Message.Of($"An unexpected error occurred: {error.GetType().Name}: {error.Message}");
}
