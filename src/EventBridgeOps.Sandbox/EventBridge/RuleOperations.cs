using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>Rules. What PutRule says is kept as it was said.</summary>
internal static class RuleOperations
{
    /// <summary>AWS alone makes managed rules. Here a member ManagedBy does, so that there is something to try their protection on.</summary>
    public static RawDocument Put(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        EventNames.CheckRuleName(constraints, operation);
        EventNames.CheckBusReference(constraints, operation);
        constraints.Text("scheduleExpression", input["ScheduleExpression"], longest: 256);
        constraints.Text("eventPattern", input["EventPattern"], longest: 4096);
        constraints.Text("description", input["Description"], longest: 512);
        constraints.Text("roleArn", input["RoleArn"], false, 1, 1600);
        constraints.OneOf("state", input["State"], "ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
        EventTagOperations.Check(constraints, input);
        constraints.Check();
        if (!operation.Account.KeepsUnknownMembers)
            KnownMembers.Check(operation, "Name", "ScheduleExpression", "EventPattern", "State", "Description", "RoleArn", "Tags", "EventBusName", "ManagedBy");

        string bus = BusOperations.FindName(operation);
        string schedule = input.Text("ScheduleExpression") ?? "";
        string pattern = input.Text("EventPattern") ?? "";
        if (schedule.Length == 0 && pattern.Length == 0)
            throw AwsError.Validation("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        if (schedule.Length > 0 && bus != BusName.Default)
            throw AwsError.Validation("ScheduleExpression is supported only on the default event bus.");
        if (schedule.Length > 0)
            RuleSchedules.Check(schedule);
        if (pattern.Length > 0)
            PatternOperations.Read(pattern);

        string name = input.Text("Name")!;
        string key = EventNames.RuleKey(bus, name);
        Table rules = operation.State["rules"];
        RawDocument? existing = rules.Find(key);
        if (existing is not null)
            RefuseManaged(existing);

        string arn = operation.Arn("events", BusName.RuleResource(bus, name));
        rules[key] = RawDocument.Empty.With("Name", name).With("Arn", arn).With("State", "ENABLED")
            .With(input.Without("Name", "Tags", "EventBusName"))
            .With("EventBusName", bus);
        RuleSchedules.Follow(operation, key, rules[key]);
        if (existing is null)
            EventTagOperations.Set(operation, arn, input.List("Tags"));
        return RawDocument.Empty.With("RuleArn", arn);
    }

    public static RawDocument Describe(Operation operation)
    {
        RawDocument rule = FindNamed(operation);
        return rule.With("CreatedBy", operation.Account.Id);
    }

    public static RawDocument List(Operation operation)
    {
        Constraints constraints = new();
        EventNames.CheckBusReference(constraints, operation);
        constraints.Text("namePrefix", operation.Input["NamePrefix"], false, 1, 64, EventNames.RulePattern);
        constraints.Number("limit", operation.Input["Limit"], 1, 100);
        constraints.Check();

        string bus = BusOperations.FindName(operation);
        string prefix = operation.Input.Text("NamePrefix") ?? "";
        Paging.Page<RawDocument> page = operation.Page(
            OnBus(operation, bus).Where(rule => rule.Text("Name")!.StartsWith(prefix, StringComparison.Ordinal)),
            rule => rule.Text("Name")!, operation.Input.Number("Limit"), operation.Input.Text("NextToken"));
        return RawDocument.Empty.With("Rules", page.Items).With("NextToken", page.NextToken);
    }

    public static RawDocument Enable(Operation operation) => SetState(operation, "ENABLED");

    public static RawDocument Disable(Operation operation) => SetState(operation, "DISABLED");

    public static RawDocument Delete(Operation operation)
    {
        (string? bus, string? name) = Named(operation);
        string key = EventNames.RuleKey(bus, name);
        if (operation.State["rules"].Find(key) is not { } rule)
            return RawDocument.Empty; // As on AWS: a second delete succeeds as well.

        if (!operation.Input.Flag("Force"))
            RefuseManaged(rule);
        if (operation.State["targets"].Find(key) is { Members.Count: > 0 })
            throw AwsError.Validation("Rule can't be deleted since it has targets.");

        operation.State["rules"].Remove(key);
        operation.State["targets"].Remove(key);
        RuleSchedules.Forget(operation, key);
        EventTagOperations.Forget(operation, rule.Text("Arn")!);
        return RawDocument.Empty;
    }

    /// <summary>The rules of a bus, in the order of their names.</summary>
    public static IEnumerable<RawDocument> OnBus(Operation operation, string bus)
    {
        string prefix = EventNames.RuleKey(bus, "");
        return operation.State["rules"].Where(rule => rule.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(rule => rule.Value);
    }

    public static RawDocument Find(Operation operation, string bus, string name) =>
        operation.State["rules"].Find(EventNames.RuleKey(bus, name))
        ?? throw new AwsError(400, "ResourceNotFoundException", $"Rule {name} does not exist on EventBus {bus}.");

    public static void RefuseManaged(RawDocument rule)
    {
        if (rule.Text("ManagedBy") is { Length: > 0 } manager)
        {
            throw new AwsError(400, "ManagedRuleException",
                $"Rule {rule.Text("Name")} was created by the AWS service {manager} on behalf of your account and is managed by it.");
        }
    }

    private static RawDocument SetState(Operation operation, string state)
    {
        RawDocument rule = FindNamed(operation);
        RefuseManaged(rule);
        string key = EventNames.RuleKey(rule.Text("EventBusName")!, rule.Text("Name")!);
        operation.State["rules"][key] = rule.With("State", state);
        RuleSchedules.Follow(operation, key, operation.State["rules"][key]);
        return RawDocument.Empty;
    }

    private static (string Bus, string Name) Named(Operation operation)
    {
        Constraints constraints = new();
        EventNames.CheckRuleName(constraints, operation);
        EventNames.CheckBusReference(constraints, operation);
        constraints.Check();
        return (BusOperations.FindName(operation), operation.Input.Text("Name")!);
    }

    private static RawDocument FindNamed(Operation operation)
    {
        (string? bus, string? name) = Named(operation);
        return Find(operation, bus, name);
    }
}
