using EventBridgeOps.Sandbox.CloudFormation.Templates;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>
/// Brings stacks on, step by step by the clock: a step completes what the last one began, and begins all for which nothing has to be waited.
/// </summary>
internal sealed class StackCourse : IDueHandler
{
    /// <summary>How long a resource takes. It is short, because clients that find a stack in progress look again after 30 seconds only.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    public string Kind => "stack";

    /// <summary>Begins a phase of a stack.</summary>
    public static void Begin(Operation operation, Stack stack, string phase)
    {
        // What was planned for an earlier phase is not done any more.
        stack.KeepOwn(stack.Kept.With("phase", phase).With("turn", operation.State.NextNumber()));
        Plan(operation, stack);
    }

    public void Run(Operation operation, RawDocument work)
    {
        if (Stack.Find(operation, work.Text("StackId")) is not { } stack || stack.Kept.Number("turn") != work.Number("Turn"))
            return;
        // The calls of this step are those of who deploys the stack.
        Operation acting = new(operation.Call with { AccessKey = stack.Kept.Text("accessKey"), Host = stack.Kept.Text("host") ?? "localhost" }, operation.State, operation.Account);
        string? phase = stack.Kept.Text("phase");
        IReadOnlyList<string> failed = new ResourceSteps(acting, stack).Settle(isRollback: phase == StackPhase.UpdateRollback);
        bool isMore = phase switch
        {
            StackPhase.Create or StackPhase.Update => new Deployment(acting, stack).Step(failed.Count > 0),
            StackPhase.UpdateRollback => new UpdateRollback(acting, stack).Step(failed),
            StackPhase.CreateRollback => Removing(acting, stack, keepsRows: true, "ROLLBACK_COMPLETE", "ROLLBACK_FAILED"),
            StackPhase.Delete => Removing(acting, stack, keepsRows: true, "DELETE_COMPLETE", "DELETE_FAILED"),
            StackPhase.Cleanup => Removing(acting, stack, keepsRows: false, "UPDATE_COMPLETE", null),
            StackPhase.RollbackCleanup => Removing(acting, stack, keepsRows: false, "UPDATE_ROLLBACK_COMPLETE", null),
            _ => false,
        };
        if (isMore)
            Plan(operation, stack);
    }

    private static void Plan(Operation operation, Stack stack) =>
        DueWork.Plan(operation, operation.Now + Pace, "stack", RawDocument.Empty.With("StackId", stack.Id).With("Turn", stack.Kept.Number("turn") ?? 0));

    private static bool Removing(Operation operation, Stack stack, bool keepsRows, string done, string? failed)
    {
        if (Removals.Step(operation, stack, keepsRows) || (done == "UPDATE_COMPLETE" && new NestedStacks(operation, stack).IsAnyCleaning()))
            return true;
        string[] left = Removals.Failed(stack);
        bool isDeletion = done == StackStatus.DeleteComplete;
        stack.KeepOwn(stack.Kept.Without("phase", "before", "tagsTried", "removals", Removals.Forced));
        if (left.Length == 0)
        {
            if (isDeletion)
            {
                StackExports.Forget(operation, stack);
                stack.KeepOwn(stack.Kept.Without("imports"));
            }

            stack.SetStatus(done);
        }
        else if (failed is null)
        {
            stack.SetStatus(done, done == "UPDATE_COMPLETE" ? "Update successful. One or more resources could not be deleted." : "One or more resources could not be deleted.");
        }
        else
        {
            stack.SetStatus(failed, $"The following resource(s) failed to delete: [{string.Join(", ", left)}]. ");
        }

        Forget(stack);
        return false;
    }

    /// <summary>Forgets what was kept of a resource for a rollback.</summary>
    private static void Forget(Stack stack)
    {
        foreach (KeyValuePair<string, RawDocument> row in stack.Resources.ToList())
            stack.Resources[row.Key] = row.Value.Without("previous", "replaced", "attempted", "isNew", "failed");
    }
}

/// <summary>What is being done with a stack.</summary>
internal static class StackPhase
{
    public const string Create = "create";
    public const string CreateRollback = "createRollback";
    public const string Update = "update";
    public const string UpdateRollback = "updateRollback";
    public const string Cleanup = "cleanup";
    public const string RollbackCleanup = "rollbackCleanup";
    public const string Delete = "delete";
}

/// <summary>A stack is deleted.</summary>
internal static class StackDeletion
{
    /// <summary>The mode in which what cannot be deleted stays, and the stack is deleted all the same.</summary>
    public const string Force = "FORCE_DELETE_STACK";

    /// <summary>Begins to delete a stack.</summary>
    /// <param name="operation">What CloudFormation works on.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="kept">The logical IDs of resources that stay, which could not be deleted before.</param>
    public static void Begin(Operation operation, Stack stack, ICollection<string> kept)
    {
        Removals.Clear(stack);
        if (StackExports.InUse(operation, stack) is { } reason)
        {
            stack.SetStatus("DELETE_FAILED", reason);
            return;
        }

        stack.KeepOwn(stack.Kept.With(Removals.Forced, operation.Input.Text("DeletionMode") == Force));
        stack.SetStatus("DELETE_IN_PROGRESS", operation.Call.Operation == "DeleteStack" ? "User Initiated" : null);
        foreach (KeyValuePair<string, RawDocument> row in stack.Resources.ToList().Where(row => StackResource.Exists(row.Value)))
            Removals.Add(stack, row.Key, kept.Contains(row.Key) ? row.Value.With("deletionPolicy", ResourceDeclaration.Retain) : row.Value, isRow: true);
        StackCourse.Begin(operation, stack, StackPhase.Delete);
    }
}
