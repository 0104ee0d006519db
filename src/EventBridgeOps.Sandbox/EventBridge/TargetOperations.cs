using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>Targets: each is kept letter for letter as PutTargets brought it, and replaced whole by the next PutTargets of its id.</summary>
internal static class TargetOperations
{
    /// <summary>What AWS documents for PutTargets and RemoveTargets (the service model's 100 is not what the service takes).</summary>
    private const int MostEntries = 10;

    public static RawDocument Put(Operation operation)
    {
        Constraints constraints = new();
        EventNames.CheckRuleName(constraints, operation, "Rule");
        EventNames.CheckBusReference(constraints, operation);
        IReadOnlyList<JsonElement> targets = constraints.List("targets", operation.Input["Targets"], 1, MostEntries);
        List<RawDocument> documents = targets.Select((target, index) => Checked(constraints, target, index + 1, operation.Account.KeepsUnknownMembers)).ToList();
        constraints.Check();
        if (!operation.Account.KeepsUnknownMembers)
            KnownMembers.Check(operation, "Rule", "EventBusName", "Targets");
        documents.ForEach(CheckMeaning);

        (string? key, RawDocument? rule) = FindRule(operation);
        RuleOperations.RefuseManaged(rule);
        RawDocument kept = operation.State["targets"].Find(key) ?? RawDocument.Empty;
        foreach (JsonElement target in targets)
            kept = kept.With(target.GetProperty("Id").GetString()!, target);
        if (kept.Members.Count > operation.Account.TargetsPerRule)
            throw new AwsError(400, "LimitExceededException", "The requested resource exceeds the maximum number allowed.");

        operation.State["targets"][key] = kept;
        return NothingFailed();
    }

    public static RawDocument Remove(Operation operation)
    {
        Constraints constraints = new();
        EventNames.CheckRuleName(constraints, operation, "Rule");
        EventNames.CheckBusReference(constraints, operation);
        IReadOnlyList<JsonElement> ids = constraints.List("ids", operation.Input["Ids"], 1, MostEntries);
        for (int i = 0; i < ids.Count; i++)
            constraints.Text($"ids.{i + 1}.member", ids[i], true, 1, 64, EventNames.RulePattern);
        constraints.Check();

        (string? key, RawDocument? rule) = FindRule(operation);
        if (!operation.Input.Flag("Force"))
            RuleOperations.RefuseManaged(rule);
        if (operation.State["targets"].Find(key) is { } kept)
            operation.State["targets"][key] = kept.Without(ids.Select(id => id.GetString()!).ToArray());
        return NothingFailed();
    }

    public static RawDocument List(Operation operation)
    {
        Constraints constraints = new();
        EventNames.CheckRuleName(constraints, operation, "Rule");
        EventNames.CheckBusReference(constraints, operation);
        constraints.Number("limit", operation.Input["Limit"], 1, 100);
        constraints.Check();

        IReadOnlyList<KeyValuePair<string, JsonElement>> targets = operation.State["targets"].Find(FindRule(operation).Key)?.Members ?? [];
        Paging.Page<KeyValuePair<string, JsonElement>> page = operation.Page(
            targets.OrderBy(target => target.Key, StringComparer.Ordinal),
            target => target.Key, operation.Input.Number("Limit"), operation.Input.Text("NextToken"));
        return RawDocument.Empty
            .With("Targets", Json.Array(page.Items.Select(target => target.Value)))
            .With("NextToken", page.NextToken);
    }

    public static RawDocument ListRuleNames(Operation operation)
    {
        Constraints constraints = new();
        constraints.Text("targetArn", operation.Input["TargetArn"], true, 1, 1600);
        EventNames.CheckBusReference(constraints, operation);
        constraints.Number("limit", operation.Input["Limit"], 1, 100);
        constraints.Check();

        string arn = operation.Input.Text("TargetArn")!;
        string bus = BusOperations.FindName(operation);
        IEnumerable<string> names = RuleOperations.OnBus(operation, bus)
            .Select(rule => rule.Text("Name")!)
            .Where(name => operation.State["targets"].Find(EventNames.RuleKey(bus, name)) is { } targets
                && targets.Members.Any(target => target.Value.GetProperty("Arn").ValueEquals(arn)));
        Paging.Page<string> page = operation.Page(names, name => name, operation.Input.Number("Limit"), operation.Input.Text("NextToken"));
        return RawDocument.Empty.With("RuleNames", page.Items).With("NextToken", page.NextToken);
    }

    private static (string Key, RawDocument Rule) FindRule(Operation operation)
    {
        string bus = BusOperations.FindName(operation);
        string name = operation.Input.Text("Rule")!;
        return (EventNames.RuleKey(bus, name), RuleOperations.Find(operation, bus, name));
    }

    private static RawDocument NothingFailed() =>
        RawDocument.Empty.With("FailedEntryCount", 0).With("FailedEntries", Json.Array([]));

    private static RawDocument Checked(Constraints constraints, JsonElement element, int number, bool isOpen)
    {
        string at = string.Format(CultureInfo.InvariantCulture, "targets.{0}.member", number);
        RawDocument target = constraints.Object(at, element, required: true);
        constraints.Text($"{at}.id", target["Id"], true, 1, 64, EventNames.RulePattern);
        constraints.Text($"{at}.arn", target["Arn"], true, 1, 1600);
        constraints.Text($"{at}.roleArn", target["RoleArn"], false, 1, 1600);
        constraints.Text($"{at}.input", target["Input"], longest: TargetInput.LongestInput);
        constraints.Text($"{at}.inputPath", target["InputPath"], longest: TargetInput.LongestPath);
        RawDocument transformer = constraints.Object($"{at}.inputTransformer", target["InputTransformer"]);
        constraints.Text($"{at}.inputTransformer.inputTemplate", transformer["InputTemplate"], false, 1, TargetInput.LongestTemplate);

        if (constraints.Object($"{at}.retryPolicy", target["RetryPolicy"]) is { Members.Count: > 0 } retry)
        {
            constraints.Number($"{at}.retryPolicy.maximumRetryAttempts", retry["MaximumRetryAttempts"], 0, 185);
            constraints.Number($"{at}.retryPolicy.maximumEventAgeInSeconds", retry["MaximumEventAgeInSeconds"], 60, 86400);
        }

        TargetShape.Target.Check(constraints, at, element, isOpen);
        return target;
    }

    private static void CheckMeaning(RawDocument target)
    {
        string text = target.Text("Arn")!;
        bool isArn = Arn.TryParse(text, out Arn? arn) && arn.Partition.StartsWith("aws", StringComparison.Ordinal);
        if (!isArn || arn!.Resource == ArchiveRule.TargetResource) // Only EventBridge itself makes a target of an archive.
            throw AwsError.Validation($"Parameter {text} is not valid. Reason: Provided Arn is not in correct format.");

        string? id = target.Text("Id");
        if (arn.Service == "batch" && target["RoleArn"] is null) // The words of https://github.com/hashicorp/terraform-provider-aws/issues/27215
            throw AwsError.Validation($"RoleArn is required for target {text}.");
        if (arn.Service == "batch" && target["BatchParameters"] is null)
            throw AwsError.Validation($"Parameter(s) BatchParameters must be specified for target: {id}.");
        if (arn.Service == "sqs" && arn.Resource.EndsWith(".fifo", StringComparison.Ordinal) && target["SqsParameters"] is null)
            throw AwsError.Validation($"Parameter(s) SqsParameters must be specified for target: {id}.");
        if (target.Only("Input", "InputPath", "InputTransformer").Members.Count > 1)
            throw AwsError.Validation($"Only one of Input, InputPath, or InputTransformer must be provided for target {id}.");
    }
}
