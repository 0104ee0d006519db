using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>A stack becomes again what it was before an update that failed.</summary>
internal sealed class UpdateRollback(Operation operation, Stack stack)
{
    /// <summary>The resources of nested stacks that stay as they are, with the names of their stacks.</summary>
    public const string Skipped = "skipped";

    private const string Todo = "todo";

    /// <summary>Begins the rollback, or continues one that failed.</summary>
    /// <param name="operation">What CloudFormation works on.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="skipped">The resources that stay as they are.</param>
    public static void Begin(Operation operation, Stack stack, IEnumerable<string>? skipped = null)
    {
        if (stack.Kept.Object("before") is { } before)
        {
            RawDocument tried = stack.Tags;
            StackInput.Restore(stack, before);
            // What was replaced stays, and what replaced it goes, when it is restored.
            Removals.Clear(stack);
            stack.KeepOwn(stack.Kept.Without("before").With("tagsTried", tried));
        }

        ILookup<bool, string> ids = (skipped ?? []).ToLookup(id => id.Contains('.'));
        stack.KeepOwn(stack.Kept.With(Skipped, ids[true]));
        foreach (string logicalId in Own(stack, ids))
        {
            // It counts as restored: what is compared with the next template is what was before.
            RawDocument row = stack.Resources[logicalId];
            stack.Resources[logicalId] = row.With(row.Object("previous")?.Only("properties", "metadata") ?? RawDocument.Empty).Without("previous", "failed").With("ResourceStatus", "UPDATE_COMPLETE");
        }

        stack.KeepOwn(stack.Kept.With(Todo, stack.Resources.Where(row => row.Value["previous"] is not null).Select(row => row.Key).ToList()));
        StackCourse.Begin(operation, stack, StackPhase.UpdateRollback);
    }

    /// <summary>Does the next step.</summary>
    /// <returns>Whether there is more to do.</returns>
    /// <param name="before">What failed that was begun before.</param>
    public bool Step(IReadOnlyList<string> before)
    {
        HashSet<string> todo = new(stack.Kept.Texts(Todo), StringComparer.Ordinal);
        HashSet<string> waited = new(todo.Concat(StackResource.Running(stack)), StringComparer.Ordinal);
        List<string> failed = [.. before];
        // The order of before the update: what a resource referred to then is restored first.
        foreach (string logicalId in todo.Where(id => !Before(id).Any(other => other != id && waited.Contains(other))).ToList())
        {
            RawDocument row = stack.Resources[logicalId];
            if (new ResourceSteps(operation, stack).Restore(logicalId, row) == ResourceSteps.Outcome.Failed)
                failed.Add(logicalId);
        }

        if (failed.Count > 0)
        {
            foreach (KeyValuePair<string, RawDocument> row in stack.Resources.ToList())
            {
                if (StackResource.IsRunning(row.Value) is not null)
                    StackResource.SetStatus(operation, stack, row.Key, row.Value, "UPDATE_COMPLETE");
            }

            stack.KeepOwn(stack.Kept.Without("phase", Todo));
            stack.SetStatus("UPDATE_ROLLBACK_FAILED", $"The following resource(s) failed to update: [{string.Join(", ", failed)}]. ");
            return false;
        }

        todo.RemoveWhere(id => StackResource.IsRunning(stack.Resources[id]) is not null);
        stack.KeepOwn(stack.Kept.With(Todo, todo));
        if (StackResource.Running(stack).Any())
            return true;

        foreach (KeyValuePair<string, RawDocument> row in stack.Resources.ToList().Where(row => row.Value.Flag("isNew")))
            Removals.Add(stack, row.Key, row.Value, isRow: true);
        stack.KeepOwn(stack.Kept.Without(Todo));
        stack.SetStatus("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS");
        StackCourse.Begin(operation, stack, StackPhase.RollbackCleanup);
        return false;
    }

    /// <summary>Those of the resources that are in the stack itself: the name of their stack may be before them.</summary>
    private static IEnumerable<string> Own(Stack stack, ILookup<bool, string> skipped) =>
        skipped[false].Concat(skipped[true].Where(id => id.StartsWith(stack.Name + ".", StringComparison.Ordinal)).Select(id => id.Substring(stack.Name.Length + 1)))
            .Where(stack.Resources.ContainsKey);

    private IEnumerable<string> Before(string logicalId) => StackResource.DependsOn(stack.Resources[logicalId].Object("previous") ?? RawDocument.Empty);
}
