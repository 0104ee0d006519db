using System.Text.Json.Nodes;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.CloudFormation.Templates;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>A stack becomes what its template says.</summary>
internal sealed class Deployment
{
    /// <summary>Why the stack failed, also when it is already rolled back.</summary>
    public const string Failure = "failure";

    private const string Todo = "todo";

    private readonly Operation operation;
    private readonly Stack stack;
    private readonly Template template;
    private readonly HashSet<string> imports;
    private readonly Evaluation evaluation;
    private readonly bool isUpdate;

    public Deployment(Operation operation, Stack stack)
    {
        (this.operation, this.stack) = (operation, stack);
        template = stack.Template();
        imports = new(stack.Kept.Texts("imports"), StringComparer.Ordinal);
        evaluation = new(template, stack.Seen(template), stack.Place(), new StackValues(operation, stack, template, imports));
        isUpdate = stack.Kept.Text("phase") == StackPhase.Update;
    }

    /// <summary>Begins to make a stack.</summary>
    public static void Create(Operation operation, Stack stack, StackInput input)
    {
        input.Apply(stack);
        stack.SetStatus("CREATE_IN_PROGRESS", "User Initiated");
        Begin(operation, stack, StackPhase.Create);
    }

    /// <summary>Begins to change a stack.</summary>
    public static void Update(Operation operation, Stack stack, StackInput input)
    {
        // An update that failed without a rollback is continued: a later rollback goes to before the first one.
        RawDocument? failed = stack.Kept.Object("before");
        RawDocument before = failed ?? StackInput.Before(stack);
        if (failed is null)
            Removals.Clear(stack);
        input.Apply(stack);
        stack.Keep(stack.Document.With("LastUpdatedTime", Stack.TimeText(operation)));
        stack.KeepOwn(stack.Kept.Without("imports", "tagsTried", Failure).With("before", before));
        stack.SetStatus("UPDATE_IN_PROGRESS", "User Initiated");
        Begin(operation, stack, StackPhase.Update);
    }

    /// <summary>Does the next step.</summary>
    /// <returns>Whether there is more to do.</returns>
    /// <param name="isAnyFailed">Whether something failed that was begun before.</param>
    public bool Step(bool isAnyFailed)
    {
        if (isAnyFailed)
            return Fail(null);
        if (Fault() is { } fault)
            return Fail(fault);
        IReadOnlyDictionary<string, IReadOnlyCollection<string>> order = CreationOrder.Of(template);
        ResourceSteps steps = new(operation, stack);
        HashSet<string> todo = new(stack.Kept.Texts(Todo), StringComparer.Ordinal);
        HashSet<string> waited = new(todo.Concat(StackResource.Running(stack)), StringComparer.Ordinal);
        bool isAnySame = true;
        while (isAnySame && !isAnyFailed)
        {
            isAnySame = false;
            foreach (string logicalId in todo.Where(id => order[id].All(other => !waited.Contains(other))).ToList())
            {
                todo.Remove(logicalId);
                ResourceSteps.Outcome outcome = steps.Deploy(template.Resources[logicalId], evaluation, order[logicalId]);
                if (outcome == ResourceSteps.Outcome.Same)
                    waited.Remove(logicalId);
                isAnySame |= outcome == ResourceSteps.Outcome.Same;
                isAnyFailed |= outcome == ResourceSteps.Outcome.Failed;
                if (isAnyFailed)
                    break; // What would have started beside it is not begun.
            }
        }

        stack.KeepOwn(stack.Kept.With(Todo, todo).With("imports", imports));
        if (isAnyFailed)
            return Fail(null);
        return StackResource.Running(stack).Any() || Finish();
    }

    /// <summary>Ends an update because that of the outer stack failed, and begins to roll it back.</summary>
    public void Cancel() => Fail("Resource update cancelled");

    private static void Begin(Operation operation, Stack stack, string phase)
    {
        Template template = stack.Template();
        Evaluation evaluation = new(template, stack.Seen(template), stack.Place(), new StackValues(operation, stack, template, []));
        stack.KeepOwn(stack.Kept.With(Todo, evaluation.Existing().Select(resource => resource.LogicalId)).With("isBegun", false));
        StackCourse.Begin(operation, stack, phase);
    }

    /// <summary>What hinders the deployment before its first resource: a value that no other stack exports.</summary>
    private string? Fault()
    {
        if (stack.Kept.Flag("isBegun"))
            return null;
        stack.KeepOwn(stack.Kept.With("isBegun", true));
        try
        {
            foreach (JsonNode? name in Imports(template.Root["Resources"]).Concat(Imports(template.Root["Outputs"])))
            {
                if (NodeText.Of(evaluation.Value(name)) is { } export)
                    _ = StackExports.Value(operation, export);
            }

            return null;
        }
        catch (NotYetKnownException)
        {
            return null;
        }
        catch (AwsError e)
        {
            return e.Message;
        }
    }

    private static IEnumerable<JsonNode?> Imports(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } call when call.First().Key == "Fn::ImportValue" => [call.First().Value],
        JsonObject fields => fields.SelectMany(field => Imports(field.Value)),
        JsonArray elements => elements.SelectMany(Imports),
        _ => [],
    };

    private bool Finish()
    {
        try
        {
            stack.Keep(stack.Document.Without("Outputs").With("Outputs", Outputs()));
            stack.KeepOwn(stack.Kept.With("imports", imports));
        }
        catch (Exception e) when (e is AwsError or NotYetKnownException)
        {
            return Fail(e.Message);
        }

        stack.KeepOwn(stack.Kept.Without(Todo, "isBegun"));
        if (!isUpdate)
        {
            stack.KeepOwn(stack.Kept.Without("phase"));
            foreach (KeyValuePair<string, RawDocument> row in stack.Resources.ToList())
                stack.Resources[row.Key] = row.Value.Without("isNew");
            stack.SetStatus("CREATE_COMPLETE");
            return false;
        }

        HashSet<string> declared = new(evaluation.Existing().Select(resource => resource.LogicalId), StringComparer.Ordinal);
        foreach (KeyValuePair<string, RawDocument> row in stack.Resources.ToList().Where(row => !declared.Contains(row.Key)))
            Removals.Add(stack, row.Key, row.Value, isRow: true);
        stack.SetStatus("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
        if (stack.Kept.Flag(NestedStacks.Held))
        {
            stack.KeepOwn(stack.Kept.Without("phase"));
            return false;
        }

        new NestedStacks(operation, stack).Release();
        StackCourse.Begin(operation, stack, StackPhase.Cleanup);
        return false;
    }

    private List<RawDocument> Outputs()
    {
        List<RawDocument> outputs = [];
        Dictionary<string, string> exports = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, JsonNode?> output in template.Outputs)
        {
            JsonObject declared = (JsonObject)output.Value!;
            if (!evaluation.Holds(NodeText.String(declared["Condition"])))
                continue;
            string value = NodeText.Of(evaluation.Value(declared["Value"]))
                ?? throw StackErrors.Format("The Value field of every Outputs member must evaluate to a String.");
            string? export = declared["Export"] is JsonObject exported ? NodeText.Of(evaluation.Value(exported["Name"])) : null;
            if (export is not null && exports.ContainsKey(export))
                throw StackErrors.Invalid($"Duplicate Export names: [{export}]");
            if (export is not null)
                exports[export] = value;
            outputs.Add(RawDocument.Empty
                .With("OutputKey", output.Key)
                .With("OutputValue", value)
                .With("Description", NodeText.Of(declared["Description"]))
                .With("ExportName", export));
        }

        StackExports.Set(operation, stack, exports);
        return outputs;
    }

    private bool Fail(string? reason)
    {
        string action = isUpdate ? "update" : "create";
        foreach (KeyValuePair<string, RawDocument> row in stack.Resources.ToList())
        {
            if (StackResource.IsRunning(row.Value) is { } running)
                StackResource.SetStatus(operation, stack, row.Key, row.Value.With("failed", true), running + "_FAILED", $"Resource {(running == StackResource.Create ? "creation" : "update")} cancelled");
        }

        string said = reason ?? Failed();
        stack.KeepOwn(stack.Kept.Without(Todo, "isBegun").With(Failure, said));
        if (stack.Document.Flag("DisableRollback"))
        {
            stack.KeepOwn(stack.Kept.Without("phase"));
            new NestedStacks(operation, stack).Release();
            stack.SetStatus(action.ToUpperInvariant() + "_FAILED", said);
            return false;
        }

        if (isUpdate)
        {
            stack.SetStatus("UPDATE_ROLLBACK_IN_PROGRESS", said);
            UpdateRollback.Begin(operation, stack);
            return false;
        }

        Removals.Clear(stack);
        bool isDeleted = stack.Kept.Text("onFailure") == "DELETE";
        stack.SetStatus(isDeleted ? "DELETE_IN_PROGRESS" : "ROLLBACK_IN_PROGRESS",
            $"{said.TrimEnd()} {(isDeleted ? "Delete" : "Rollback")} requested by user.");
        foreach (KeyValuePair<string, RawDocument> row in stack.Resources.ToList())
            Removals.Add(stack, row.Key, row.Value, isRow: true);
        StackCourse.Begin(operation, stack, isDeleted ? StackPhase.Delete : StackPhase.CreateRollback);
        return false;
    }

    private string Failed()
    {
        IEnumerable<string> Of(string status) => stack.Resources.Where(row => row.Value.Flag("failed") && row.Value.Text("ResourceStatus") == status).Select(row => row.Key);
        string[] created = [.. Of("CREATE_FAILED")], updated = [.. Of("UPDATE_FAILED")];
        return (created.Length > 0 ? $"The following resource(s) failed to create: [{string.Join(", ", created)}]. " : "")
            + (updated.Length > 0 ? $"The following resource(s) failed to update: [{string.Join(", ", updated)}]. " : "");
    }
}
