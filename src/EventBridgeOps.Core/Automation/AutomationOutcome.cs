using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Automation;

/// <summary>What the automation did about an event: its answer, its log line, the detail of its result event, and the text of a notification.</summary>
public sealed record AutomationOutcome
{
    /// <summary>What was done: <c>ImagePush</c>, <c>DriftCheck</c>, ...; see <see cref="AutomationTask"/>.</summary>
    public required AutomationTask Task { get; init; }

    /// <summary>How it ended.</summary>
    public required AutomationStatus Status { get; init; }

    /// <summary>One or two sentences that say what changed, and why.</summary>
    public required string Message { get; init; }

    /// <summary>The changes in the journal, oldest first.</summary>
    public IReadOnlyList<string> ChangeIds { get; init; } = [];

    /// <summary>What each item came to, as records of the product: <c>kind</c>, <c>name</c>, <c>from</c>, <c>to</c>, <c>status</c>, <c>reason</c>.</summary>
    public IReadOnlyList<AutomationItem> Items { get; init; } = [];

    /// <summary>Facts of this task alone, by name, such as <c>repository</c> and <c>tag</c>.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <summary>Targets that do not run the latest revision, for a drift check; null for other tasks.</summary>
    public int? Drift { get; init; }

    /// <summary>Whether an earlier delivery of the event did it. Nothing was done this time.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Whether anything was written.</summary>
    public bool IsChange => ChangeIds.Count > 0;

    /// <summary>Whether it says how something ended that was started before. Its changes were counted then.</summary>
    public bool EndsDeployment => Task == AutomationTask.ServiceDeployment && Status is AutomationStatus.Done or AutomationStatus.Failed;

    /// <summary>The items that failed.</summary>
    public int Failures => Items.Count(item => item.Status is "Failed" or "RolledBack");

    /// <summary>The outcome as a document.</summary>
    public JsonObject ToDocument()
    {
        JsonObject document = new()
        {
            ["task"] = Task.ToString(),
            ["status"] = Status.ToString(),
            ["message"] = Message,
        };
        foreach (KeyValuePair<string, string> fact in Facts)
            document[fact.Key] = fact.Value;
        if (Drift is { } drift)
            document["drift"] = drift;
        if (IsRepeated)
            document["repeated"] = true;
        document["changeIds"] = new JsonArray([.. ChangeIds.Select(id => (JsonNode)JsonValue.Create(id))]);
        document["items"] = new JsonArray([.. Items.Select(item => (JsonNode)item.ToDocument())]);
        return document;
    }

    /// <summary>Reads a document that <see cref="ToDocument"/> wrote.</summary>
    /// <param name="document">The document.</param>
    internal static AutomationOutcome Read(JsonObject document)
    {
        string[] known = ["task", "status", "message", "drift", "repeated", "changeIds", "items"];
        return new AutomationOutcome
        {
            Task = Enum.TryParse(document.String("task"), out AutomationTask task) ? task : AutomationTask.None,
            Status = Enum.TryParse(document.String("status"), out AutomationStatus status) ? status : AutomationStatus.Done,
            Message = document.String("message") ?? "",
            Drift = document["drift"]?.GetValue<int>(),
            ChangeIds = [.. (document["changeIds"] as JsonArray ?? []).Select(id => Document.Text(id) ?? "")],
            Items = [.. (document["items"] as JsonArray ?? []).OfType<JsonObject>().Select(AutomationItem.Read)],
            Facts = document.Where(field => !known.Contains(field.Key) && field.Value is JsonValue).ToDictionary(field => field.Key, field => Document.Text(field.Value) ?? "", StringComparer.Ordinal),
        };
    }
}

/// <summary>One target, job definition or service of an outcome.</summary>
/// <param name="Kind"><c>target</c>, <c>job-definition</c>, <c>service</c>, <c>job</c> or <c>message</c>.</param>
/// <param name="Name">Its name: event bus, rule and target ID; a job definition; cluster and service.</param>
/// <param name="From">What it named or ran before; null if unknown.</param>
/// <param name="To">What it names or runs now, or should; null if unknown.</param>
/// <param name="Status">What became of it, for example <c>Updated</c>, <c>AlreadyCurrent</c>, <c>Skipped</c>, <c>Failed</c>; the state of a target that was only checked.</param>
/// <param name="Reason">Why, if the status alone does not explain it.</param>
public sealed record AutomationItem(string Kind, string Name, string? From, string? To, string Status, string? Reason)
{
    /// <summary>The cause of a dead letter, by which dead letters are counted: its <c>ERROR_CODE</c>; null for other items.</summary>
    public string? Cause { get; init; }

    /// <summary>The item as a document.</summary>
    public JsonObject ToDocument()
    {
        JsonObject document = new() { ["kind"] = Kind, ["name"] = Name, ["status"] = Status };
        if (From is not null)
            document["from"] = From;
        if (To is not null)
            document["to"] = To;
        if (Cause is not null)
            document["cause"] = Cause;
        if (Reason is not null)
            document["reason"] = Reason;
        return document;
    }

    internal static AutomationItem Read(JsonObject document) =>
        new(document.String("kind") ?? "", document.String("name") ?? "", document.String("from"), document.String("to"), document.String("status") ?? "", document.String("reason")) { Cause = document.String("cause") };
}

/// <summary>What the automation can be asked to do.</summary>
public enum AutomationTask
{
    /// <summary>Nothing: the event asks for nothing.</summary>
    None,

    /// <summary>An image was pushed: new revisions of the job definitions that run it, and targets that follow.</summary>
    ImagePush,

    /// <summary>Targets are checked for drift, and repaired if the policy allows it.</summary>
    DriftCheck,

    /// <summary>An image is ready to be deployed to an Amazon ECS service.</summary>
    ServiceUpdate,

    /// <summary>A deployment of an Amazon ECS service has ended.</summary>
    ServiceDeployment,

    /// <summary>The state of a Batch job has changed: the record of its MVP job follows.</summary>
    JobState,

    /// <summary>Messages of a dead-letter queue.</summary>
    DeadLetter,

    /// <summary>An event is logged.</summary>
    EventLog,
}

/// <summary>How a task ended.</summary>
public enum AutomationStatus
{
    /// <summary>It is done; something may have been changed.</summary>
    Done,

    /// <summary>There was nothing to do.</summary>
    Nothing,

    /// <summary>Part of it or all of it failed, and another delivery would not help.</summary>
    Failed,

    /// <summary>It goes on in AWS; another event ends it.</summary>
    Started,
}
