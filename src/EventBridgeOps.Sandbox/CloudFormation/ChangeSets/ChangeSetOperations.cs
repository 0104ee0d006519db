using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.CloudFormation.Stacks;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.ChangeSets;

/// <summary>Change sets: what a deployment would change is shown before it is done.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html</remarks>
internal static class ChangeSetOperations
{
    private const string Executed = "EXECUTE_COMPLETE";

    private const string NoChanges = "The submitted information didn't contain changes. Submit different information to create a change set.";

    public static RawDocument Create(Operation operation)
    {
        RawDocument input = operation.Input;
        string name = input.Text("ChangeSetName") ?? "";
        if (!Regex.IsMatch(name, @"\A[a-zA-Z][-a-zA-Z0-9]{0,127}\z", RegexOptions.CultureInvariant))
            throw StackErrors.Invalid($"1 validation error detected: Value '{name}' at 'changeSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
        string stackName = Stack.NameOf(operation);
        Stack? stack = Stack.Find(operation, stackName) is { IsDeleted: false } found ? found : null;
        bool isCreation = Type(input, stack) == "CREATE";
        if (isCreation && stack is not null && stack.Status != StackStatus.ReviewInProgress)
            throw StackErrors.Exists(stackName);
        if (!isCreation && (stack is null || stack.Status == StackStatus.ReviewInProgress))
            throw StackErrors.NoStackNamed(stackName);
        if (!isCreation && !StackStatus.CanUpdate(stack!.Status))
            throw StackErrors.WrongState(stack.Id, stack.Status, "updated");
        if (stack is not null && ChangeSet.Of(operation, stack.Id).FirstOrDefault(other => other.Name == name) is { } same && same.ExecutionStatus != Executed)
            throw StackErrors.ChangeSetExists(name);

        StackInput wanted = StackInput.Read(operation, isCreation ? null : stack);
        bool isNew = stack is null;
        stack ??= Stack.Make(operation, StackNames.Checked(stackName), StackStatus.ReviewInProgress);
        ChangeSet changeSet;
        try
        {
            wanted.Check(operation, stack.Place(), isCreation ? null : stack);
            changeSet = Make(operation, stack, wanted, name, isCreation);
        }
        catch (AwsError)
        {
            if (isNew)
                stack.Remove();
            throw;
        }

        if (isNew)
            stack.SetStatus(StackStatus.ReviewInProgress, "User Initiated");
        return RawDocument.Empty.With("Id", changeSet.Id).With("StackId", stack.Id);
    }

    public static RawDocument Describe(Operation operation)
    {
        ChangeSet changeSet = ChangeSet.At(operation);
        return changeSet.Document.Without("own");
    }

    public static RawDocument Execute(Operation operation)
    {
        ChangeSet changeSet = ChangeSet.At(operation);
        if (changeSet.ExecutionStatus != "AVAILABLE")
            throw StackErrors.ChangeSetState(changeSet.Id, changeSet.Document.Text("Status") == "FAILED" ? "FAILED" : changeSet.ExecutionStatus);
        Stack stack = Stack.Find(operation, changeSet.StackId)!;
        bool isCreation = stack.Status == StackStatus.ReviewInProgress;
        if (!isCreation && !StackStatus.CanUpdate(stack.Status))
            throw StackErrors.WrongState(stack.Id, stack.Status, "updated");
        StackInput wanted = StackInput.Read(operation.With(changeSet.Request), isCreation ? null : stack, changeSet.Body);
        string onFailure = changeSet.Document.Text("OnStackFailure") ?? "ROLLBACK";
        stack.Keep(stack.Document
            .With("DisableRollback", operation.Input.Flag("DisableRollback") || onFailure == "DO_NOTHING")
            .With("ChangeSetId", changeSet.Id));
        StackNames.KeepCaller(operation, stack, onFailure);
        // The others were made of what the stack was before: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html.
        foreach (ChangeSet other in ChangeSet.Of(operation, stack.Id).Where(other => other.Id != changeSet.Id).ToList())
            other.Remove();
        changeSet.Keep(changeSet.Document.With("ExecutionStatus", Executed));
        if (isCreation)
            Deployment.Create(operation, stack, wanted);
        else
            Deployment.Update(operation, stack, wanted);
        return RawDocument.Empty;
    }

    /// <summary>A change set that does not exist is deleted too, if its stack exists.</summary>
    public static RawDocument Delete(Operation operation)
    {
        try
        {
            ChangeSet.At(operation).Remove();
        }
        catch (AwsError e) when (e.Code == "ChangeSetNotFound")
        {
            // As on AWS.
        }

        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation)
    {
        Stack stack = Stack.At(operation);
        Paging.Page<ChangeSet> page = operation.Page(
            ChangeSet.Of(operation, stack.Id).Where(changeSet => changeSet.ExecutionStatus != Executed), changeSet => changeSet.Id, null, operation.Input.Text("NextToken"));
        return RawDocument.Empty
            .With("Summaries", page.Items.Select(changeSet => changeSet.Document.Only(
                "StackId", "StackName", "ChangeSetId", "ChangeSetName", "ExecutionStatus", "Status", "StatusReason", "CreationTime", "Description")))
            .With("NextToken", page.NextToken);
    }

    private static string Type(RawDocument input, Stack? stack) => input.Text("ChangeSetType") switch
    {
        null => stack?.Status == StackStatus.ReviewInProgress ? "CREATE" : "UPDATE",
        "CREATE" => "CREATE",
        "UPDATE" => "UPDATE",
        "IMPORT" => throw StackErrors.NotSupported("change sets that import resources"),
        { } other => throw StackErrors.Invalid($"1 validation error detected: Value '{other}' at 'changeSetType' failed to satisfy constraint: Member must satisfy enum value set: [IMPORT, UPDATE, CREATE]"),
    };

    private static ChangeSet Make(Operation operation, Stack stack, StackInput wanted, string name, bool isCreation)
    {
        RawDocument input = operation.Input;
        foreach (ChangeSet executed in ChangeSet.Of(operation, stack.Id).Where(other => other.Name == name).ToList())
            executed.Remove();
        IReadOnlyList<RawDocument> changes = StackPreview.Changes(operation, stack, wanted);
        bool isAny = changes.Count > 0 || (!isCreation && StackPreview.IsAny(operation, stack, wanted));
        return ChangeSet.Make(operation, RawDocument.Empty
            .With("ChangeSetName", name)
            .With("ChangeSetId", operation.Arn("cloudformation", $"changeSet/{name}/{operation.Account.Random.Id()}"))
            .With("StackId", stack.Id)
            .With("StackName", stack.Name)
            .With("Description", input.Text("Description"))
            .With("CreationTime", Stack.TimeText(operation))
            .With("Status", isAny ? "CREATE_COMPLETE" : "FAILED")
            .With("StatusReason", isAny ? null : NoChanges)
            .With("ExecutionStatus", isAny ? "AVAILABLE" : "UNAVAILABLE")
            .With("OnStackFailure", input.Text("OnStackFailure"))
            .With(wanted.Public.Only("Parameters", "Capabilities", "Tags", "NotificationARNs"))
            .With("Changes", changes)
            .With("own", input.Without("TemplateURL", "UsePreviousTemplate").With("TemplateBody", wanted.Body)));
    }
}
