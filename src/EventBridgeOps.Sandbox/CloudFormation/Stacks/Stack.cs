using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Sandbox.CloudFormation.Kinds;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.CloudFormation.Templates;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>A stack: what DescribeStacks shows of it, and below <c>own</c> what the service keeps for itself.</summary>
internal sealed class Stack
{
    public const string Type = "AWS::CloudFormation::Stack";

    private const string Own = "own";

    private readonly Operation operation;

    private Stack(Operation operation, string id, RawDocument document) => (this.operation, Id, Document) = (operation, id, document);

    public string Id { get; }

    public RawDocument Document { get; private set; }

    public string Name => Document.Text("StackName")!;

    public string Status => Document.Text("StackStatus")!;

    /// <summary>What the service keeps for itself: the template, the values of the parameters, and how far it is.</summary>
    public RawDocument Kept => Document.Object(Own) ?? RawDocument.Empty;

    public string Body => Kept.Text("body") ?? "";

    /// <summary>The tags by their keys.</summary>
    public RawDocument Tags => Kept.Object("tags") ?? RawDocument.Empty;

    public bool IsDeleted => Status == StackStatus.DeleteComplete;

    /// <summary>The resources by their logical IDs.</summary>
    public Table Resources => operation.State["stackResources/" + Id];

    /// <summary>The events, the newest first.</summary>
    public Table Events => operation.State["stackEvents/" + Id];

    public static Table All(Operation operation) => operation.State["stacks"];

    /// <summary>The stacks that a list begins with: the youngest first.</summary>
    public static IEnumerable<Stack> Every(Operation operation) => All(operation).ToList().Select(row => new Stack(operation, row.Key, row.Value))
        .OrderByDescending(stack => stack.Document.Text("CreationTime"), StringComparer.Ordinal);

    /// <summary>A stack by its name, if it is not deleted, or by its ID.</summary>
    public static Stack? Find(Operation operation, string? nameOrId)
    {
        if (nameOrId is null)
            return null;
        if (All(operation).Find(nameOrId) is { } known)
            return new(operation, nameOrId, known);
        return Every(operation).FirstOrDefault(stack => stack.Name == nameOrId && !stack.IsDeleted);
    }

    /// <summary>The stack that the member StackName of a request names.</summary>
    public static Stack At(Operation operation) => Find(operation, NameOf(operation)) ?? throw StackErrors.NoStack(NameOf(operation));

    public static string NameOf(Operation operation) => operation.Input.Text("StackName") ?? throw StackErrors.Invalid(
        "1 validation error detected: Value null at 'stackName' failed to satisfy constraint: Member must not be null");

    /// <summary>Makes a stack, which has no resources yet.</summary>
    public static Stack Make(Operation operation, string name, string status)
    {
        string id = operation.Arn("cloudformation", $"stack/{name}/{operation.Account.Random.Id()}");
        Stack stack = new(operation, id, RawDocument.Empty
            .With("StackId", id)
            .With("StackName", name)
            .With("CreationTime", TimeText(operation))
            .With("StackStatus", status)
            .With("DriftInformation", RawDocument.Empty.With("StackDriftStatus", "NOT_CHECKED")));
        stack.Keep(stack.Document);
        return stack;
    }

    /// <summary>A moment as CloudFormation writes it, in milliseconds.</summary>
    public static string TimeText(Operation operation) => operation.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public void Keep(RawDocument document)
    {
        Document = document;
        All(operation)[Id] = document;
    }

    /// <summary>Changes what the service keeps for itself.</summary>
    public void KeepOwn(RawDocument own) => Keep(Document.With(Own, own));

    public void Remove()
    {
        All(operation).Remove(Id);
        operation.State.Drop("stackResources/" + Id);
        operation.State.Drop("stackEvents/" + Id);
    }

    /// <summary>The stack as DescribeStacks shows it.</summary>
    public RawDocument Shown() => Document.Without(Own);

    /// <summary>Sets the status, which is an event of the stack.</summary>
    public void SetStatus(string status, string? reason = null)
    {
        RawDocument document = Document.Without("StackStatusReason").With("StackStatus", status).With("StackStatusReason", reason);
        Keep(status == StackStatus.DeleteComplete ? document.With("DeletionTime", TimeText(operation)) : document);
        StackEvents.Add(operation, this, Name, Id, Type, status, reason, null);
    }

    /// <summary>The template that is deployed.</summary>
    public Template Template() => Templates.Template.Parse(Body);

    /// <summary>Where the template is deployed.</summary>
    public StackPlace Place() => new(operation.Account.Id, operation.Call.Region, Id, Name, [.. Document.Texts("NotificationARNs")]);

    /// <summary>The values of the parameters, as they were given.</summary>
    public Dictionary<string, string> Values() => (Kept.Object("values") ?? RawDocument.Empty).Members.ToDictionary(
        value => value.Key, value => RawDocument.From(value.Value).Text("value")!, StringComparer.Ordinal);

    /// <summary>The values of the parameters as functions see them.</summary>
    public Dictionary<string, JsonNode> Seen(Template template) => (Kept.Object("values") ?? RawDocument.Empty).Members
        .Where(value => template.Parameters[value.Key] is JsonObject)
        .ToDictionary(
            value => value.Key,
            value => RawDocument.From(value.Value) is var known ? ParameterValues.Seen((JsonObject)template.Parameters[value.Key]!, (known.Text("value")!, known.Text("stored"))) : "",
            StringComparer.Ordinal);

    /// <summary>The stack as its resources know it.</summary>
    public StackIdentity Identity() => new(Id, Name, Tags, Kept.Text("accessKey"), Kept.Text("host") ?? "localhost");
}

/// <summary>The statuses of stacks that decide about something.</summary>
internal static class StackStatus
{
    public const string DeleteComplete = "DELETE_COMPLETE";
    public const string ReviewInProgress = "REVIEW_IN_PROGRESS";

    public static bool IsInProgress(string status) => status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) && status != ReviewInProgress;

    /// <summary>Whether a stack can be updated.</summary>
    public static bool CanUpdate(string status) => status is "CREATE_COMPLETE" or "UPDATE_COMPLETE" or "UPDATE_ROLLBACK_COMPLETE" or "UPDATE_FAILED" or "CREATE_FAILED"
        or "IMPORT_COMPLETE" or "IMPORT_ROLLBACK_COMPLETE";
}
