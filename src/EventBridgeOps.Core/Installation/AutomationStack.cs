using EventBridgeOps.Events.Records;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Installation;

/// <summary>What an installation did.</summary>
public enum InstallStatus : long
{
    /// <summary>The automation was installed.</summary>
    [State(Tone.Good)]
    Installed,

    /// <summary>It was updated.</summary>
    [State(Tone.Good)]
    Updated,

    /// <summary>It was installed like this already.</summary>
    [State(Tone.Good)]
    Unchanged,

    /// <summary>It would be installed; this was a what-if run.</summary>
    WouldInstall,

    /// <summary>It would be updated; this was a what-if run.</summary>
    WouldUpdate,
}

/// <summary>An installation of the automation.</summary>
[Record("Installations", State = nameof(Status), Layout = RecordLayout.Lines)]
[Column("Stack", nameof(StackName), Label = nameof(StackName))]
[Column("Status", nameof(Status))]
[Column("Package", nameof(PackageVersion), Label = nameof(PackageVersion))]
[Column("Function", nameof(FunctionArn), Label = nameof(FunctionArn))]
[Column("Rules", nameof(RuleName), Label = nameof(RuleName), Form = ColumnForm.List)]
[Column("Table", nameof(TableName), Label = nameof(TableName))]
[Column("Dead letters", nameof(DeadLetterQueueArn), Label = nameof(DeadLetterQueueArn))]
[Column("Parked", nameof(ParkedQueueUrl), Label = nameof(ParkedQueueUrl))]
[Column("Log group", nameof(LogGroupName), Label = nameof(LogGroupName))]
[Column("Dashboard", nameof(DashboardName), Label = nameof(DashboardName))]
[Column("Topic", nameof(TopicArn), Label = nameof(TopicArn))]
public sealed partial record AutomationStack
{
    /// <summary>The name of the stack.</summary>
    [Field(Key = true)]
    public required string StackName { get; init; }

    /// <summary>What was done.</summary>
    public InstallStatus Status { get; init; }

    /// <summary>The first 12 digits of the SHA-256 of the package.</summary>
    public string? PackageVersion { get; init; }

    /// <summary>The ARN of the function; null if it does not exist yet.</summary>
    public string? FunctionArn { get; init; }

    /// <summary>The rules that start the function. That of a custom event bus is preceded by the name of the bus.</summary>
    public IReadOnlyList<string> RuleName { get; init; } = [];

    /// <summary>The table for leases, records and the journal; null if it does not exist yet.</summary>
    public string? TableName { get; init; }

    /// <summary>The ARN of the dead-letter queue, which targets of your own rules can use; null if it does not exist yet.</summary>
    public string? DeadLetterQueueArn { get; init; }

    /// <summary>The URL of the queue for parked messages; null if it does not exist yet.</summary>
    public string? ParkedQueueUrl { get; init; }

    /// <summary>The log group of the function; null if it does not exist yet.</summary>
    public string? LogGroupName { get; init; }

    /// <summary>The dashboard; null if it does not exist yet.</summary>
    public string? DashboardName { get; init; }

    /// <summary>The topic for notifications and alarms; null if there is none.</summary>
    public string? TopicArn { get; init; }

    /// <summary>Its name.</summary>
    public override string ToString() => StackName;

    /// <summary>The installation that a stack is.</summary>
    internal static AutomationStack Of(Stack stack, IReadOnlyList<StackResource> resources, InstallStatus status, string? package)
    {
        return new AutomationStack
        {
            StackName = stack.Name,
            Status = status,
            PackageVersion = package,
            FunctionArn = Output("FunctionArn"),
            RuleName = [.. resources.Where(resource => resource.Kind == "AWS::Events::Rule" && resource.PhysicalId is not null).Select(rule => rule.PhysicalId!)],
            TableName = Name("Table"),
            DeadLetterQueueArn = Output("DeadLetterQueueArn"),
            ParkedQueueUrl = Name("ParkedQueue"),
            LogGroupName = Name("Logs"),
            DashboardName = Name("Dashboard"),
            TopicArn = Output("TopicArn"),
        };

        string? Output(string name) => stack.Outputs.TryGetValue(name, out string? value) ? value : null;

        string? Name(string logicalId) => resources.FirstOrDefault(resource => resource.LogicalId == logicalId)?.PhysicalId;
    }
}
