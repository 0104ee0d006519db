using EventBridgeOps.Sandbox.CloudFormation.Kinds;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>The stacks that are resources of a stack.</summary>
/// <param name="operation">What CloudFormation works on.</param>
/// <param name="stack">The outer stack.</param>
internal sealed class NestedStacks(Operation operation, Stack stack) : INestedStacks
{
    /// <summary>The stack keeps what its update replaced until the outer stack is done, for it may have to be rolled back.</summary>
    public const string Held = "held";

    /// <summary>The update of the outer stack changed nothing of the stack.</summary>
    private const string Untouched = "untouched";

    private const string Cleaning = "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS";

    public string Create(string name, RawDocument input)
    {
        string id = Call("CreateStack", input.With("StackName", name).With("OnFailure", "DO_NOTHING")).Text("StackId")!;
        Stack nested = Stack.Find(operation, id)!;
        nested.Keep(nested.Document.With("ParentId", stack.Id).With("RootId", stack.Document.Text("RootId") ?? stack.Id));
        return id;
    }

    public void Update(string id, RawDocument input)
    {
        bool isUntouched = false;
        try
        {
            Call("UpdateStack", input.With("StackName", id).With("DisableRollback", stack.Document.Flag("DisableRollback")));
        }
        catch (AwsError e) when (e.Message == StackErrors.NoUpdates().Message)
        {
            isUntouched = true;
        }

        Stack nested = Stack.Find(operation, id)!;
        nested.KeepOwn(nested.Kept.Without(Held, Untouched).With(isUntouched ? Untouched : Held, true));
    }

    public void Restore(string id)
    {
        if (Stack.Find(operation, id) is not { } nested || nested.Kept.Flag(Untouched))
            return;
        nested.KeepOwn(nested.Kept.Without(Held));
        switch (nested.Status)
        {
            case "UPDATE_IN_PROGRESS":
                new Deployment(operation, nested).Cancel();
                break;
            case Cleaning or "UPDATE_FAILED":
                nested.SetStatus("UPDATE_ROLLBACK_IN_PROGRESS");
                UpdateRollback.Begin(operation, nested);
                break;
            case "UPDATE_ROLLBACK_FAILED":
                nested.SetStatus("UPDATE_ROLLBACK_IN_PROGRESS");
                UpdateRollback.Begin(operation, nested, stack.Kept.Texts(UpdateRollback.Skipped));
                break;
        }
    }

    public void Delete(string id) => Call("DeleteStack", RawDocument.Empty
        .With("StackName", id)
        .With("DeletionMode", stack.Kept.Flag(Removals.Forced) && Stack.Find(operation, id)?.Status == "DELETE_FAILED" ? StackDeletion.Force : null));

    public bool IsDone(string id, ResourceAction action)
    {
        Stack nested = Stack.Find(operation, id) ?? throw StackErrors.NoStack(id);
        string status = nested.Status, reason = nested.Kept.Text(Deployment.Failure) ?? nested.Document.Text("StackStatusReason") ?? "";
        return action switch
        {
            ResourceAction.Create when status == "CREATE_COMPLETE" => true,
            ResourceAction.Create when status == "CREATE_IN_PROGRESS" => false,
            ResourceAction.Create => throw StackErrors.Embedded(id, "created: " + reason),
            ResourceAction.Update when nested.Kept.Flag(Untouched) || status is "UPDATE_COMPLETE" or Cleaning => true,
            ResourceAction.Update when status == "UPDATE_IN_PROGRESS" => false,
            ResourceAction.Update => throw StackErrors.Embedded(id, $"updated. Currently in {status} with reason: {reason}"),
            ResourceAction.Restore when status == "UPDATE_ROLLBACK_FAILED" => throw StackErrors.Embedded(id, $"updated. Currently in {status} with reason: {nested.Document.Text("StackStatusReason")}"),
            ResourceAction.Restore => !StackStatus.IsInProgress(status),
            ResourceAction.Delete when nested.IsDeleted => true,
            ResourceAction.Delete when status == "DELETE_FAILED" => throw StackErrors.Embedded(id, "deleted: " + nested.Document.Text("StackStatusReason")),
            _ => false,
        };
    }

    public RawDocument Outputs(string id) => Stack.Find(operation, id)!.Document.List("Outputs").Select(RawDocument.From).Aggregate(
        RawDocument.Empty, (all, output) => all.With(output.Text("OutputKey")!, output.Text("OutputValue")));

    /// <summary>The outer stack is done: what the updates of the nested ones replaced goes.</summary>
    public void Release()
    {
        foreach (Stack nested in All().Where(nested => nested.Kept.Flag(Held)).ToList())
        {
            nested.KeepOwn(nested.Kept.Without(Held));
            if (nested.Status != Cleaning)
                continue;
            new NestedStacks(operation, nested).Release();
            StackCourse.Begin(operation, nested, StackPhase.Cleanup);
        }
    }

    /// <summary>Whether a nested stack still removes what it replaced.</summary>
    public bool IsAnyCleaning() => All().Any(nested => nested.Status == Cleaning);

    private IEnumerable<Stack> All() => stack.Resources.Values.Where(row => row.Text("ResourceType") == Stack.Type)
        .Select(row => Stack.Find(operation, row.Text("PhysicalResourceId"))).OfType<Stack>();

    private RawDocument Call(string name, RawDocument input) => operation.Account.Calls!.Run(operation.Call with
    {
        Service = "cloudformation",
        Operation = name,
        Input = name == "DeleteStack" ? input : input.With("Capabilities", stack.Document.Texts("Capabilities")),
        AccessKey = stack.Kept.Text("accessKey"),
        InvokedBy = "cloudformation.amazonaws.com",
    });
}
