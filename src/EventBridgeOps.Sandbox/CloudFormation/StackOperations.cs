using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.CloudFormation.Stacks;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation;

/// <summary>Stacks are created, updated and deleted.</summary>
internal static class StackOperations
{
    public static RawDocument Create(Operation operation)
    {
        RawDocument input = operation.Input;
        string name = StackNames.Checked(Stack.NameOf(operation));
        if (Stack.Find(operation, name) is { } existing)
            return StackNames.IsRepeated(operation, existing, "CREATE_IN_PROGRESS") ? Answer(existing) : throw StackErrors.Exists(name);
        if (input["DisableRollback"] is not null && input["OnFailure"] is not null)
            throw StackErrors.Invalid("Only one of DisableRollback and OnFailure can be specified.");
        string onFailure = input.Text("OnFailure") ?? (input.Flag("DisableRollback") ? "DO_NOTHING" : "ROLLBACK");
        if (onFailure is not ("DO_NOTHING" or "ROLLBACK" or "DELETE"))
            throw StackErrors.Invalid($"1 validation error detected: Value '{onFailure}' at 'onFailure' failed to satisfy constraint: Member must satisfy enum value set: [ROLLBACK, DELETE, DO_NOTHING]");

        StackInput wanted = StackInput.Read(operation, null);
        Stack stack = Stack.Make(operation, name, "CREATE_IN_PROGRESS");
        try
        {
            wanted.Check(operation, stack.Place(), null);
        }
        catch (AwsError)
        {
            stack.Remove();
            throw;
        }

        stack.Keep(stack.Document
            .With("DisableRollback", onFailure == "DO_NOTHING")
            .With("EnableTerminationProtection", input.Flag("EnableTerminationProtection"))
            .With(input.Only("TimeoutInMinutes")));
        StackNames.KeepCaller(operation, stack, onFailure);
        Deployment.Create(operation, stack, wanted);
        return Answer(stack);
    }

    public static RawDocument Update(Operation operation)
    {
        string name = Stack.NameOf(operation);
        Stack stack = Stack.Find(operation, name) is { IsDeleted: false } found ? found : throw StackErrors.NoStackNamed(name);
        if (StackNames.IsRepeated(operation, stack, "UPDATE_IN_PROGRESS"))
            return Answer(stack);
        if (!StackStatus.CanUpdate(stack.Status))
            throw StackErrors.WrongState(stack.Id, stack.Status, "updated");
        StackInput wanted = StackInput.Read(operation, stack);
        wanted.Check(operation, stack.Place(), stack);
        if (!StackPreview.IsAny(operation, stack, wanted))
            throw StackErrors.NoUpdates();
        stack.Keep(stack.Document.With("DisableRollback", operation.Input.Flag("DisableRollback")));
        StackNames.KeepCaller(operation, stack, "ROLLBACK");
        Deployment.Update(operation, stack, wanted);
        return Answer(stack);
    }

    /// <summary>A stack that does not exist is deleted too.</summary>
    public static RawDocument Delete(Operation operation)
    {
        if (Stack.Find(operation, Stack.NameOf(operation)) is not { IsDeleted: false } stack || stack.Status == "DELETE_IN_PROGRESS")
            return RawDocument.Empty;
        if (stack.Document.Flag("EnableTerminationProtection"))
            throw StackErrors.Protected(stack.Name);
        if (stack.Status.StartsWith("UPDATE_", StringComparison.Ordinal) && StackStatus.IsInProgress(stack.Status))
            throw StackErrors.Invalid($"Stack [{stack.Name}] cannot be deleted while in status {stack.Status}");
        string[] kept = [.. operation.Input.Texts("RetainResources")];
        if (kept.Length > 0 && stack.Status != "DELETE_FAILED")
            throw StackErrors.Invalid($"Invalid operation on stack [{stack.Id}]. RetainResources can only be specified for a stack in DELETE_FAILED state.");
        if (Array.Find(kept, id => stack.Resources.Find(id) is null) is { } unknown)
            throw StackErrors.Invalid($"Resource [{unknown}] does not exist in stack [{stack.Name}]");
        if (operation.Input.Text("DeletionMode") is { } mode)
        {
            if (mode is not ("STANDARD" or StackDeletion.Force))
                throw StackErrors.Invalid($"1 validation error detected: Value '{mode}' at 'deletionMode' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, {StackDeletion.Force}]");
            if (mode == StackDeletion.Force && stack.Status != "DELETE_FAILED")
                throw StackErrors.Invalid($"Invalid operation on stack [{stack.Id}]. {StackDeletion.Force} can only be specified for a stack in DELETE_FAILED state.");
        }

        StackNames.KeepCaller(operation, stack, "DO_NOTHING");
        StackDeletion.Begin(operation, stack, kept);
        return RawDocument.Empty;
    }

    public static RawDocument UpdateProtection(Operation operation)
    {
        Stack stack = Stack.At(operation);
        if (operation.Input["EnableTerminationProtection"] is null)
            throw StackErrors.Invalid("1 validation error detected: Value null at 'enableTerminationProtection' failed to satisfy constraint: Member must not be null");
        if (stack.Document["ParentId"] is not null)
            throw StackErrors.Invalid($"Stack [{stack.Name}] is a nested stack. Update the termination protection of its root stack.");
        if (stack.IsDeleted || stack.Status == "DELETE_IN_PROGRESS")
            throw StackErrors.WrongState(stack.Id, stack.Status, "updated");
        stack.Keep(stack.Document.With("EnableTerminationProtection", operation.Input.Flag("EnableTerminationProtection")));
        return Answer(stack);
    }

    public static RawDocument ContinueRollback(Operation operation)
    {
        Stack stack = Stack.At(operation);
        if (stack.Status != "UPDATE_ROLLBACK_FAILED")
            throw StackErrors.WrongState(stack.Id, stack.Status, "continued to be rolled back");
        string[] skipped = [.. operation.Input.Texts("ResourcesToSkip")];
        if (Array.Find(skipped, id => !id.Contains('.') && stack.Resources.Find(id)?.Flag("failed") != true) is { } wrong)
            throw StackErrors.Invalid($"ResourcesToSkip can only include resources in UPDATE_FAILED state: [{wrong}]");
        StackNames.KeepCaller(operation, stack, "ROLLBACK");
        stack.SetStatus("UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated");
        UpdateRollback.Begin(operation, stack, skipped);
        return RawDocument.Empty;
    }

    private static RawDocument Answer(Stack stack) => RawDocument.Empty.With("StackId", stack.Id);
}
