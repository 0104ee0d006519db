using EventBridgeOps.Services;

namespace EventBridgeOps.Stacks;

/// <summary>AWS CloudFormation. Every method throws <see cref="ServiceCallException"/> if the service rejects the call or cannot be reached.</summary>
public interface IStackApi
{
    /// <summary>DescribeStacks.</summary>
    /// <param name="stack">The name of a stack, or its ID, by which a deleted one is found as well.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The stack; null if it does not exist.</returns>
    Task<Stack?> DescribeAsync(string stack, CancellationToken cancellationToken);

    /// <summary>GetTemplate.</summary>
    /// <param name="stack">The name of the stack.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The template as it was uploaded.</returns>
    Task<string> GetTemplateAsync(string stack, CancellationToken cancellationToken);

    /// <summary>CreateChangeSet.</summary>
    /// <param name="request">What the stack will be.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>The ARN of the change set.</returns>
    Task<string> CreateChangeSetAsync(ChangeSetRequest request, CancellationToken cancellationToken);

    /// <summary>DescribeChangeSet.</summary>
    /// <param name="changeSet">The ARN of the change set.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<ChangeSet> DescribeChangeSetAsync(string changeSet, CancellationToken cancellationToken);

    /// <summary>ExecuteChangeSet.</summary>
    /// <param name="changeSet">The ARN of the change set.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task ExecuteChangeSetAsync(string changeSet, CancellationToken cancellationToken);

    /// <summary>DeleteChangeSet.</summary>
    /// <param name="changeSet">The ARN of the change set.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DeleteChangeSetAsync(string changeSet, CancellationToken cancellationToken);

    /// <summary>ListChangeSets: those that were not executed.</summary>
    /// <param name="stack">The name or the ID of the stack.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    IAsyncEnumerable<PendingChangeSet> ListChangeSetsAsync(string stack, CancellationToken cancellationToken);

    /// <summary>DescribeStackEvents.</summary>
    /// <param name="stack">The ID of the stack.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The events, the most recent one first.</returns>
    IAsyncEnumerable<StackEvent> ListEventsAsync(string stack, CancellationToken cancellationToken);

    /// <summary>ListStackResources.</summary>
    /// <param name="stack">The name or the ID of the stack.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    IAsyncEnumerable<StackResource> ListResourcesAsync(string stack, CancellationToken cancellationToken);

    /// <summary>DeleteStack.</summary>
    /// <param name="stack">The name or the ID of the stack.</param>
    /// <param name="retained">The logical IDs of resources that are kept. CloudFormation takes them only of a stack that is <c>DELETE_FAILED</c>, and only those that could not be deleted.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task DeleteAsync(string stack, IReadOnlyList<string> retained, CancellationToken cancellationToken);

    /// <summary>ContinueUpdateRollback, of a stack that is <c>UPDATE_ROLLBACK_FAILED</c>.</summary>
    /// <param name="stack">The name or the ID of the stack.</param>
    /// <param name="skipped">The resources that are left as they are: logical IDs, of a nested stack after its name and a dot. CloudFormation takes only those that could not be rolled back.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task ContinueRollbackAsync(string stack, IReadOnlyList<string> skipped, CancellationToken cancellationToken);
}

/// <summary>A stack.</summary>
/// <param name="Id">Its ID, which is an ARN.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">Its status, for example <c>UPDATE_COMPLETE</c>.</param>
/// <param name="StatusReason">Why it has this status; null if CloudFormation does not say it.</param>
public sealed record Stack(string Id, string Name, string Status, string? StatusReason)
{
    /// <summary>The values of its parameters.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Its outputs.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The description of its template; null if it has none.</summary>
    public string? Description { get; init; }

    /// <summary>When it was created or last updated, as CloudFormation writes it; null if that is not known.</summary>
    public string? ChangedAt { get; init; }

    /// <summary>Whether its creation failed. It can only be deleted: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html.</summary>
    internal bool IsNotCreated => Status is "ROLLBACK_COMPLETE" or "ROLLBACK_FAILED" or "CREATE_FAILED";

    /// <summary>Whether it was deleted. It is still found by its ID.</summary>
    internal bool IsDeleted => Status == "DELETE_COMPLETE";

    /// <summary>Whether its first change set was not executed: it has no resources.</summary>
    internal bool IsEmpty => Status == "REVIEW_IN_PROGRESS";

    /// <summary>Whether it can be updated.</summary>
    internal bool IsUpdatable => Status is "CREATE_COMPLETE" or "UPDATE_COMPLETE" or "UPDATE_ROLLBACK_COMPLETE" or "IMPORT_COMPLETE" or "IMPORT_ROLLBACK_COMPLETE";

    /// <summary>Whether its last update could not be rolled back.</summary>
    internal bool IsRollbackFailed => Status == "UPDATE_ROLLBACK_FAILED";

    /// <summary>Whether CloudFormation is at work. A stack whose first change set was not executed waits for that, and nothing happens.</summary>
    internal bool IsBusy => Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) && !IsEmpty;
}

/// <summary>A resource of a stack.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="PhysicalId">Its name or ARN; null if it was not created.</param>
/// <param name="Kind">Its type, for example <c>AWS::Lambda::Function</c>.</param>
/// <param name="Status">Its status, for example <c>CREATE_COMPLETE</c>.</param>
public sealed record StackResource(string LogicalId, string? PhysicalId, string Kind, string Status)
{
    /// <summary>The type of a nested stack.</summary>
    internal const string StackKind = "AWS::CloudFormation::Stack";

    /// <summary>Whether it was created, and not deleted.</summary>
    internal bool Exists => PhysicalId is { Length: > 0 } && Status != "DELETE_COMPLETE";

    /// <summary>Whether a physical ID, which is a name, a URL or an ARN, is that of a name.</summary>
    internal static bool IsNamed(string physicalId, string name) => physicalId == name || physicalId.EndsWith("/" + name, StringComparison.Ordinal) || physicalId.EndsWith(":" + name, StringComparison.Ordinal);
}

/// <summary>An event of a stack: a resource, or the stack itself, has another status.</summary>
/// <param name="Id">The ID of the event.</param>
/// <param name="LogicalId">The name of the resource in the template, or that of the stack.</param>
/// <param name="Kind">The type of the resource.</param>
/// <param name="Status">The status.</param>
/// <param name="Reason">Why; null if CloudFormation does not say it.</param>
public sealed record StackEvent(string Id, string LogicalId, string Kind, string Status, string? Reason)
{
    /// <summary>The name or ARN of the resource; null if it has none yet.</summary>
    public string? PhysicalId { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Whether an operation of a stack begins with it: it is a status of the stack itself.</summary>
    internal bool Begins(string stackId) => PhysicalId == stackId && Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) && !Status.Contains("CLEANUP");

    /// <summary>Whether it is a failure of its own, and not the consequence of another one.</summary>
    public bool IsCause => Status.EndsWith("_FAILED", StringComparison.Ordinal) && Kind != StackResource.StackKind && Reason?.Contains("cancelled") != true;
}

/// <summary>What a stack will be.</summary>
/// <param name="StackName">The name of the stack.</param>
/// <param name="Name">The name of the change set.</param>
/// <param name="IsNew">Whether the stack will be created.</param>
/// <param name="Template">The template.</param>
/// <param name="Parameters">The values of parameters; null: that which it has.</param>
/// <param name="Tags">The tags of the stack and its resources.</param>
public sealed record ChangeSetRequest(string StackName, string Name, bool IsNew, string Template, IReadOnlyDictionary<string, string?> Parameters, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>The most bytes of a template in a request: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html.</summary>
    public const int MostTemplateBytes = 51_200;

    /// <summary>The URL of the template in Amazon S3; null if it is in the request.</summary>
    public string? TemplateUrl { get; init; }

    /// <summary>Whether the template has IAM resources with names of their own (<c>CAPABILITY_NAMED_IAM</c>).</summary>
    public bool NamesRoles { get; init; }
}

/// <summary>A change set that was not executed.</summary>
/// <param name="Id">Its ARN.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">Its status: <c>CREATE_COMPLETE</c>, <c>CREATE_IN_PROGRESS</c>, <c>FAILED</c>, ...</param>
public sealed record PendingChangeSet(string Id, string Name, string Status);

/// <summary>A change set.</summary>
/// <param name="StackId">The ID of its stack.</param>
/// <param name="Status">Its status: <c>CREATE_COMPLETE</c>, <c>FAILED</c>, ...</param>
/// <param name="StatusReason">Why; null if CloudFormation does not say it.</param>
/// <param name="Changes">What it changes.</param>
public sealed record ChangeSet(string StackId, string Status, string? StatusReason, IReadOnlyList<StackChange> Changes)
{
    /// <summary>Whether it failed because nothing would change.</summary>
    /// <remarks>CloudFormation says it in these words alone; there is no code for it.</remarks>
    public bool IsEmpty => Status == "FAILED" && (StatusReason?.Contains("didn't contain changes") == true || StatusReason?.Contains("No updates are to be performed") == true);
}

/// <summary>A change of a resource, as CloudFormation plans it.</summary>
/// <param name="Action"><c>Add</c>, <c>Modify</c>, <c>Remove</c>, <c>Import</c>, or <c>Dynamic</c> if it is decided later.</param>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="PhysicalId">Its name or ARN; null if it does not exist yet.</param>
/// <param name="Kind">Its type.</param>
public sealed record StackChange(string Action, string LogicalId, string? PhysicalId, string Kind)
{
    /// <summary>Whether it is replaced by another one: <c>True</c>, <c>False</c>, or <c>Conditional</c> if that depends on values that are not known yet; null if CloudFormation does not say it.</summary>
    public string? Replacement { get; init; }

    /// <summary>What happens to the resource that is removed or replaced: <c>Delete</c>, <c>Retain</c>, <c>Snapshot</c>; null if CloudFormation does not say it.</summary>
    public string? PolicyAction { get; init; }

    /// <summary>The properties that change, and <c>Tags</c>, <c>Metadata</c> and the like.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];

    /// <summary>As a line: <c>Modify Function (AWS::Lambda::Function)</c>.</summary>
    public override string ToString() => $"{Action} {LogicalId} ({Kind}){(Replacement == "True" ? ", replaced" : "")}";
}
