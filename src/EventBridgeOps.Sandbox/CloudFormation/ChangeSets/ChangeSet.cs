using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.CloudFormation.Stacks;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.ChangeSets;

/// <summary>A change set: what DescribeChangeSet shows of it, and below <c>own</c> the request that it was made of.</summary>
internal sealed class ChangeSet
{
    private readonly Operation operation;

    private ChangeSet(Operation operation, RawDocument document) => (this.operation, Document) = (operation, document);

    public RawDocument Document { get; private set; }

    public string Id => Document.Text("ChangeSetId")!;

    public string Name => Document.Text("ChangeSetName")!;

    public string StackId => Document.Text("StackId")!;

    public string ExecutionStatus => Document.Text("ExecutionStatus")!;

    /// <summary>The request, with the text of its template.</summary>
    public RawDocument Request => Document.Object("own")!;

    public string Body => Request.Text("TemplateBody")!;

    /// <summary>The change sets of a stack.</summary>
    public static IEnumerable<ChangeSet> Of(Operation operation, string stackId) =>
        All(operation).Values.ToList().Where(document => document.Text("StackId") == stackId).Select(document => new ChangeSet(operation, document));

    /// <summary>The change set that a request names, with its stack if it does not name it by its ARN.</summary>
    /// <exception cref="AwsError">It does not exist.</exception>
    public static ChangeSet At(Operation operation)
    {
        string name = operation.Input.Text("ChangeSetName")
            ?? throw StackErrors.Invalid("1 validation error detected: Value null at 'changeSetName' failed to satisfy constraint: Member must not be null");
        if (name.StartsWith("arn:", StringComparison.Ordinal))
            return All(operation).Find(name) is { } known ? new(operation, known) : throw StackErrors.NoChangeSet(name);
        if (operation.Input.Text("StackName") is not { } stackName)
            throw StackErrors.Invalid("StackName must be specified if ChangeSetName is not specified as an ARN.");
        Stack stack = Stack.Find(operation, stackName) ?? throw StackErrors.NoStackNamed(stackName);
        return Of(operation, stack.Id).FirstOrDefault(changeSet => changeSet.Name == name) ?? throw StackErrors.NoChangeSet(name);
    }

    public static ChangeSet Make(Operation operation, RawDocument document)
    {
        ChangeSet changeSet = new(operation, document);
        changeSet.Keep(document);
        return changeSet;
    }

    public void Keep(RawDocument document)
    {
        Document = document;
        All(operation)[Id] = document;
    }

    public void Remove() => All(operation).Remove(Id);

    private static Table All(Operation operation) => operation.State["changeSets"];
}
