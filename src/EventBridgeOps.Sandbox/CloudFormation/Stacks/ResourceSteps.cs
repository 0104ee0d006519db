using EventBridgeOps.Sandbox.CloudFormation.Kinds;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.CloudFormation.Templates;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>Makes and changes the resources of a stack, one at a time, as a template says.</summary>
/// <param name="operation">What CloudFormation works on.</param>
/// <param name="stack">The stack.</param>
internal sealed class ResourceSteps(Operation operation, Stack stack)
{
    /// <summary>What is kept of a resource for the rollback of an update.</summary>
    private static readonly string[] OfAnUpdate = ["previous", "replaced", "attempted", "failed"];

    /// <summary>How one resource went.</summary>
    public enum Outcome
    {
        /// <summary>It does not differ from its declaration: nothing was done.</summary>
        Same,

        /// <summary>It is completed at the next step.</summary>
        Started,

        /// <summary>It failed.</summary>
        Failed,
    }

    /// <summary>Completes what was made or changed, unless it needs more time; what is removed is the matter of <see cref="Removals"/>.</summary>
    /// <param name="isRollback">Whether resources are made again what they were before an update.</param>
    /// <returns>The logical IDs of what failed.</returns>
    public IReadOnlyList<string> Settle(bool isRollback)
    {
        List<string> failed = [];
        foreach (KeyValuePair<string, RawDocument> row in stack.Resources.ToList())
        {
            if (StackResource.IsRunning(row.Value) is { } action and not StackResource.Delete && Attempt(row.Key, row.Value, action, () => Settle(row.Key, row.Value, action, isRollback)) == Outcome.Failed)
                failed.Add(row.Key);
        }

        return failed;
    }

    private Outcome Settle(string logicalId, RawDocument row, string action, bool isRollback)
    {
        ResourceKind? kind = ResourceKinds.Of(row.Text("ResourceType")!);
        if (kind?.IsNested == true)
        {
            ResourceWork work = Work(logicalId, kind, row);
            if (!kind.IsDone(work, isRollback ? ResourceAction.Restore : action == StackResource.Create ? ResourceAction.Create : ResourceAction.Update))
                return Outcome.Started;
            row = Described(isRollback ? row.Without(OfAnUpdate) : row, kind, work);
        }

        StackResource.SetStatus(operation, stack, logicalId, row, action + "_COMPLETE");
        return Outcome.Same;
    }

    /// <summary>Makes a resource as its template declares it, or changes it if it differs.</summary>
    public Outcome Deploy(ResourceDeclaration declared, Evaluation evaluation, IEnumerable<string> dependsOn)
    {
        RawDocument? row = stack.Resources.Find(declared.LogicalId);
        bool isThere = row is not null && StackResource.Exists(row);
        string action = isThere ? StackResource.Update : StackResource.Create;
        RawDocument resource = (isThere ? row! : RawDocument.Empty
            .With("LogicalResourceId", declared.LogicalId)
            .With("ResourceType", declared.Type)
            .With("isNew", true))
            .With("dependsOn", dependsOn)
            .With("deletionPolicy", declared.DeletionPolicy)
            .With("updateReplacePolicy", declared.UpdateReplacePolicy);
        return Attempt(declared.LogicalId, resource, action, () =>
        {
            ResourceKind kind = ResourceKinds.Of(declared.Type) ?? throw new AwsError(400, "InvalidRequest", StackMessages.NotSimulated(declared.Type).ToString());
            ResourceSchema schema = ResourceSchema.Of(declared.Type)!;
            RawDocument properties = schema.Check(declared.LogicalId, Value(evaluation, declared));
            if (!isThere)
                return Make(declared, resource, kind, properties);
            return ResourceChange.Of(kind, schema, resource.Object("properties")!, properties, TagsChanged(schema)) switch
            {
                { IsAny: false } when !kind.IsNested => Unchanged(declared.LogicalId, resource, declared),
                { Replaces: true } => Replace(declared, resource, kind, properties),
                _ => Change(declared.LogicalId, resource, kind, properties, stack.Kept.Object("before")?.Object("own")?.Object("tags")),
            };
        });
    }

    /// <summary>Makes a resource again what it was before an update.</summary>
    public Outcome Restore(string logicalId, RawDocument resource)
    {
        RawDocument previous = resource.Object("previous")!;
        return Attempt(logicalId, resource, StackResource.Update, () =>
        {
            RawDocument restored = resource.Without(OfAnUpdate).With(previous.Without("PhysicalResourceId"));
            if (resource.Flag("replaced"))
            {
                // The new one goes when all is as it was; the old one was never touched.
                if (StackResource.Exists(resource))
                    Removals.Add(stack, logicalId, resource.With("deletionPolicy", ResourceDeclaration.Delete), isRow: false);
                StackResource.SetStatus(operation, stack, logicalId, restored.With("PhysicalResourceId", previous.Text("PhysicalResourceId")), "UPDATE_IN_PROGRESS");
                return Outcome.Started;
            }

            if (!resource.Flag("attempted"))
            {
                StackResource.SetStatus(operation, stack, logicalId, restored.With("PhysicalResourceId", previous.Text("PhysicalResourceId")), "UPDATE_IN_PROGRESS");
                return Outcome.Started;
            }

            string type = resource.Text("ResourceType")!;
            if (ResourceKinds.Of(type) is { IsNested: true } nested)
            {
                // It may fail later, and then it is still to be restored.
                StackResource.SetStatus(operation, stack, logicalId, resource.Without("failed").With(previous.Without("PhysicalResourceId")), "UPDATE_IN_PROGRESS");
                nested.Restore(Work(logicalId, nested, resource));
                return Outcome.Started;
            }

            try
            {
                // Before is what the update wanted, and the target what was there.
                return Change(logicalId, restored.With("properties", resource.Object("properties")!), ResourceKinds.Of(type)!, previous.Object("properties")!, stack.Kept.Object("tagsTried"), isRestored: true);
            }
            catch
            {
                stack.Resources[logicalId] = resource; // It is still to be restored when the rollback is continued.
                throw;
            }
        });
    }

    private Outcome Attempt(string logicalId, RawDocument resource, string action, Func<Outcome> attempt)
    {
        try
        {
            return attempt();
        }
        catch (AwsError e)
        {
            return Failed(logicalId, resource, action, Reason(e));
        }
        catch (NotYetKnownException e)
        {
            return Failed(logicalId, resource, action, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A property of a kind that the operation does not expect: it fails the resource, and not the timer.
            return Failed(logicalId, resource, action, "Internal Failure: " + e.Message);
        }
    }

    private Outcome Failed(string logicalId, RawDocument resource, string action, string reason)
    {
        // What the attempt kept of the resource, its physical ID above all, is newer than what it began with.
        RawDocument known = stack.Resources.Find(logicalId) is { } row && StackResource.IsRunning(row) is not null ? row
            : action == StackResource.Update ? Remembered(resource)
            : resource;
        StackResource.SetStatus(operation, stack, logicalId, known.With("failed", true), action + "_FAILED", reason);
        return Outcome.Failed;
    }

    private Outcome Unchanged(string logicalId, RawDocument resource, ResourceDeclaration declared)
    {
        stack.Resources[logicalId] = resource.With("metadata", (declared.Metadata ?? new System.Text.Json.Nodes.JsonObject()).ToJsonString());
        return Outcome.Same;
    }

    private Outcome Make(ResourceDeclaration declared, RawDocument resource, ResourceKind kind, RawDocument properties)
    {
        RawDocument made = resource.With("properties", properties).With("metadata", (declared.Metadata ?? new System.Text.Json.Nodes.JsonObject()).ToJsonString());
        StackResource.SetStatus(operation, stack, declared.LogicalId, made, "CREATE_IN_PROGRESS");
        CreateIt(declared.LogicalId, made, kind, properties, "CREATE_IN_PROGRESS", "Resource creation Initiated");
        return Outcome.Started;
    }

    private Outcome Replace(ResourceDeclaration declared, RawDocument resource, ResourceKind kind, RawDocument properties)
    {
        RawDocument before = resource.Object("properties")!;
        if (kind.NameProperty is { } name && properties.Text(name) is { } named && named == before.Text(name))
        {
            throw new AwsError(400, "InvalidRequest",
                $"CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename {named} and update the stack again.");
        }

        RawDocument replacing = Remembered(resource).With("replaced", true).With("properties", properties).Without("attributes");
        Removals.Add(stack, declared.LogicalId, resource.With("deletionPolicy", declared.UpdateReplacePolicy), isRow: false);
        StackResource.SetStatus(operation, stack, declared.LogicalId, replacing, "UPDATE_IN_PROGRESS",
            "Requested update requires the creation of a new physical resource; hence creating one.");
        CreateIt(declared.LogicalId, replacing.Without("PhysicalResourceId"), kind, properties, "UPDATE_IN_PROGRESS", "Resource creation Initiated");
        return Outcome.Started;
    }

    private void CreateIt(string logicalId, RawDocument resource, ResourceKind kind, RawDocument properties, string status, string reason)
    {
        // There was nothing before, so that a kind sets all that differs from that.
        ResourceWork work = Work(logicalId, kind, RawDocument.Empty, properties);
        try
        {
            kind.Create(work);
        }
        finally
        {
            // Also if it failed half way: then the rollback removes what exists.
            RawDocument row = resource.Without("PhysicalResourceId").With("PhysicalResourceId", work.PhysicalId);
            stack.Resources[logicalId] = row.With("running", status.Split('_')[0]);
        }

        StackResource.SetStatus(operation, stack, logicalId, Described(stack.Resources[logicalId], kind, work), status, reason);
    }

    private Outcome Change(
        string logicalId, RawDocument resource, ResourceKind kind, RawDocument properties, RawDocument? tagsBefore, bool isRestored = false)
    {
        RawDocument changed = (isRestored ? resource : Remembered(resource).With("attempted", true)).With("properties", properties);
        StackResource.SetStatus(operation, stack, logicalId, changed, "UPDATE_IN_PROGRESS");
        ResourceWork work = Work(logicalId, kind, resource, properties, tagsBefore);
        try
        {
            if (isRestored)
                kind.Restore(work);
            else
                kind.Update(work);
        }
        finally
        {
            stack.Resources[logicalId] = stack.Resources[logicalId].With("PhysicalResourceId", work.PhysicalId);
        }

        stack.Resources[logicalId] = Described(stack.Resources[logicalId], kind, work);
        return Outcome.Started;
    }

    private ResourceWork Work(string logicalId, ResourceKind kind, RawDocument row, RawDocument? after = null, RawDocument? tagsBefore = null) => new(operation, stack.Identity(), logicalId)
    {
        PhysicalId = row.Text("PhysicalResourceId"),
        Properties = after ?? row.Object("properties") ?? RawDocument.Empty,
        Before = row.Object("properties") ?? RawDocument.Empty,
        Schema = ResourceSchema.Of(kind.Type)!,
        StackTagsBefore = tagsBefore ?? RawDocument.Empty,
        HasSystemTags = kind.HasSystemTags,
        Nested = new NestedStacks(operation, stack),
    };

    private static RawDocument Described(RawDocument resource, ResourceKind kind, ResourceWork work) => resource.With("attributes", kind.Attributes(work));

    /// <summary>The resource with what it was before the update, unless it was remembered already.</summary>
    private static RawDocument Remembered(RawDocument resource) => resource["previous"] is not null ? resource : resource.With(
        "previous", resource.Only("PhysicalResourceId", "properties", "attributes", "dependsOn", "deletionPolicy", "updateReplacePolicy", "metadata"));

    private static System.Text.Json.JsonElement Value(Evaluation evaluation, ResourceDeclaration declared) =>
        Json.Parse((evaluation.Value(declared.Properties) ?? new System.Text.Json.Nodes.JsonObject()).ToJsonString());

    private bool TagsChanged(ResourceSchema schema) => schema.Properties.Names.Contains("Tags")
        && stack.Kept.Object("before")?.Object("own") is { } before
        && (before.Object("tags") ?? RawDocument.Empty).ToString() != stack.Tags.ToString();

    private string Reason(AwsError error) => error.Code is "InvalidRequest" or "ValidationError" && error.Status == 400
        ? error.Message
        : $"Resource handler returned message: \"{error.Message}\" (RequestToken: {operation.Account.Random.Id()}, HandlerErrorCode: {HandlerCode(error)})";

    private static string HandlerCode(AwsError error) => error switch
    {
        _ when error.Code.Contains("AlreadyExist") || error.Code.Contains("Conflict") || error.Code == "ResourceConflictException" => "AlreadyExists",
        _ when ResourceWork.IsMissing(error) => "NotFound",
        _ when error.Code.Contains("LimitExceeded") => "ServiceLimitExceeded",
        _ when error.Code.Contains("AccessDenied") => "AccessDenied",
        _ when error.Status >= 500 => "ServiceInternalError",
        _ => "InvalidRequest",
    };
}
