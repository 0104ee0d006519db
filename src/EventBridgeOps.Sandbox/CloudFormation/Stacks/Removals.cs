using EventBridgeOps.Sandbox.CloudFormation.Kinds;
using EventBridgeOps.Sandbox.CloudFormation.Templates;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>The resources that go: those of a stack that is deleted or rolled back, and those that an update left over.</summary>
internal static class Removals
{
    /// <summary>Whether what cannot be removed stays.</summary>
    public const string Forced = "forced";

    private const string Member = "removals";

    public static IEnumerable<RawDocument> Of(Stack stack) => stack.Kept.List(Member).Select(RawDocument.From);

    /// <summary>Plans to remove a resource.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="logicalId">The logical ID.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="isRow">Whether it is the resource of the stack itself, and not one that was replaced.</param>
    public static void Add(Stack stack, string logicalId, RawDocument resource, bool isRow) => Keep(stack, Of(stack).Append(resource
        .Only("ResourceType", "PhysicalResourceId", "properties", "dependsOn", "deletionPolicy", "isNew")
        .With("LogicalResourceId", logicalId)
        .With("isRow", isRow)));

    public static void Clear(Stack stack) => stack.KeepOwn(stack.Kept.Without(Member));

    /// <summary>Does the next step: completes what was removed, and removes what nothing left depends on.</summary>
    /// <param name="operation">What CloudFormation works on.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="keepsRows">Whether the stack still shows the resources that are gone.</param>
    /// <returns>Whether there is more to do.</returns>
    public static bool Step(Operation operation, Stack stack, bool keepsRows)
    {
        List<RawDocument> left = [];
        foreach (RawDocument removal in Of(stack))
        {
            RawDocument? after = removal.Text("state") == "running" ? Settle(operation, stack, removal, keepsRows) : removal;
            if (after is not null)
                left.Add(after);
        }

        // What has nothing to remove makes room for what it depended on at once.
        int before;
        do
        {
            before = left.Count;
            left = RemoveFree(operation, stack, left, keepsRows);
        }
        while (left.Count < before);

        Keep(stack, left);
        return left.Exists(removal => removal.Text("state") == "running");
    }

    private static List<RawDocument> RemoveFree(Operation operation, Stack stack, List<RawDocument> left, bool keepsRows)
    {
        List<RawDocument> after = [];
        foreach (RawDocument removal in left)
        {
            string id = removal.Text("LogicalResourceId")!;
            bool isHeld = left.Exists(other => other != removal && other.Text("LogicalResourceId") != id && StackResource.DependsOn(other).Contains(id));
            if (removal["state"] is not null || isHeld)
                after.Add(removal);
            else if (Remove(operation, stack, removal, keepsRows) is { } changed)
                after.Add(changed);
        }

        return after;
    }

    /// <summary>The logical IDs of what could not be removed.</summary>
    public static string[] Failed(Stack stack) => [.. Of(stack).Where(removal => removal.Text("state") == "failed").Select(removal => removal.Text("LogicalResourceId")!).Distinct()];

    private static RawDocument? Remove(Operation operation, Stack stack, RawDocument removal, bool keepsRows)
    {
        if (IsKept(removal))
        {
            Say(operation, stack, removal, "DELETE_SKIPPED", null, keepsRows);
            return null;
        }

        if (removal.Text("PhysicalResourceId") is null)
        {
            Say(operation, stack, removal, "DELETE_COMPLETE", null, keepsRows);
            return null;
        }

        Say(operation, stack, removal, "DELETE_IN_PROGRESS", null, keepsRows);
        return Attempt(operation, stack, removal, keepsRows, (kind, work) =>
        {
            kind.Delete(work);
            return removal.With("state", "running");
        });
    }

    /// <summary>Completes what was begun to be removed, unless it needs more time.</summary>
    private static RawDocument? Settle(Operation operation, Stack stack, RawDocument removal, bool keepsRows) => Attempt(operation, stack, removal, keepsRows, (kind, work) =>
    {
        if (!kind.IsDone(work, ResourceAction.Delete))
            return removal;
        Say(operation, stack, removal, "DELETE_COMPLETE", null, keepsRows);
        return null;
    });

    private static RawDocument? Attempt(Operation operation, Stack stack, RawDocument removal, bool keepsRows, Func<ResourceKind, ResourceWork, RawDocument?> attempt)
    {
        string type = removal.Text("ResourceType")!;
        ResourceWork work = new(operation, stack.Identity(), removal.Text("LogicalResourceId")!)
        {
            PhysicalId = removal.Text("PhysicalResourceId"),
            Properties = removal.Object("properties") ?? RawDocument.Empty,
            Schema = ResourceSchema.Of(type)!,
            Nested = new NestedStacks(operation, stack),
        };
        try
        {
            return attempt(ResourceKinds.Of(type)!, work);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            string reason = e is AwsError { Code: "ValidationError" } ? e.Message
                : $"Resource handler returned message: \"{e.Message}\" (RequestToken: {operation.Account.Random.Id()}, HandlerErrorCode: GeneralServiceException)";
            bool isForced = stack.Kept.Flag(Forced);
            Say(operation, stack, removal, isForced ? "DELETE_SKIPPED" : "DELETE_FAILED", reason, keepsRows);
            return isForced ? null : removal.With("state", "failed");
        }
    }

    /// <summary>RetainExceptOnCreate keeps a resource, but not one of a stack operation that is rolled back.</summary>
    private static bool IsKept(RawDocument removal) => removal.Text("deletionPolicy") switch
    {
        ResourceDeclaration.Retain => true,
        ResourceDeclaration.RetainExceptOnCreate => !removal.Flag("isNew"),
        _ => false,
    };

    private static void Say(Operation operation, Stack stack, RawDocument removal, string status, string? reason, bool keepsRows)
    {
        string logicalId = removal.Text("LogicalResourceId")!;
        if (removal.Flag("isRow") && stack.Resources.Find(logicalId) is { } row)
        {
            StackResource.SetStatus(operation, stack, logicalId, row, status, reason);
            if (!keepsRows && status is "DELETE_COMPLETE" or "DELETE_SKIPPED")
                stack.Resources.Remove(logicalId);
            return;
        }

        StackEvents.Add(operation, stack, logicalId, removal.Text("PhysicalResourceId"), removal.Text("ResourceType")!, status, reason, null);
    }

    private static void Keep(Stack stack, IEnumerable<RawDocument> removals) => stack.KeepOwn(stack.Kept.With(Member, removals.ToList()));
}
