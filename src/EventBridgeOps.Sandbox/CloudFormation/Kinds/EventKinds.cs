using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>AWS::Events::Rule, with its targets.</summary>
internal sealed class RuleKind : ResourceKind
{
    private const string Bus = "EventBusName";

    public override string Type => "AWS::Events::Rule";

    public override string? NameProperty => "Name";

    public override bool HasSystemTags => true;

    public override IEnumerable<string> AlsoReplacing => [Bus];

    public override void Create(ResourceWork work)
    {
        string name = work.Name("Name");
        RawDocument rule = work.Given(Bus).With("Name", name);
        if (work.TryCall("events", "DescribeRule", rule) is not null)
            throw AlreadyExists.Named(Type, name);
        Put(work, rule.With("Tags", work.TagsListed()));
        work.PhysicalId = work.Properties.Text(Bus) is { } bus and not "default" ? $"{bus}|{name}" : name;
        PutTargets(work);
    }

    public override void Update(ResourceWork work)
    {
        Put(work, Rule(work, "Name"));
        string[] kept = [.. Targets(work.Properties).Select(target => target.Text("Id")!)];
        string[] gone = [.. Targets(work.Before).Select(target => target.Text("Id")!).Where(id => !kept.Contains(id))];
        if (gone.Length > 0)
            work.Call("events", "RemoveTargets", Rule(work, "Rule").With("Ids", gone));
        PutTargets(work);
        EventTags.Update(work, Arn(work));
    }

    public override void Delete(ResourceWork work)
    {
        if (work.TryCall("events", "ListTargetsByRule", Rule(work, "Rule")) is not { } found)
            return;
        string[] ids = [.. found.List("Targets").Select(target => RawDocument.From(target).Text("Id")!)];
        if (ids.Length > 0)
            work.Call("events", "RemoveTargets", Rule(work, "Rule").With("Ids", ids));
        work.Call("events", "DeleteRule", Rule(work, "Name"));
    }

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty.With("Arn", Arn(work));

    private static void Put(ResourceWork work, RawDocument rule)
    {
        RawDocument input = rule.With(work.Given("Description", "ScheduleExpression", "RoleArn", "State"));
        if (work.Properties["EventPattern"] is { } pattern)
            input = input.With("EventPattern", AttributeText.Of(pattern));
        work.Call("events", "PutRule", input);
    }

    private static void PutTargets(ResourceWork work)
    {
        List<RawDocument> targets = [.. Targets(work.Properties)];
        if (targets.Count == 0)
            return;
        RawDocument answer = work.Call("events", "PutTargets", Rule(work, "Rule").With("Targets", targets));
        if (answer.List("FailedEntries").Select(RawDocument.From).FirstOrDefault() is { } failed)
            throw new AwsError(400, failed.Text("ErrorCode") ?? "", failed.Text("ErrorMessage") ?? "");
    }

    private static RawDocument Rule(ResourceWork work, string member)
    {
        string[] parts = work.PhysicalId!.Split('|');
        return parts.Length == 1 ? RawDocument.Empty.With(member, parts[0]) : RawDocument.Empty.With(Bus, parts[0]).With(member, parts[1]);
    }

    private static string Arn(ResourceWork work)
    {
        string id = work.PhysicalId!;
        int bus = id.LastIndexOf('/'); // The bus may be given by its ARN.
        return work.Operation.Arn("events", "rule/" + (id.Contains('|') ? id.Substring(bus + 1).Replace('|', '/') : id));
    }

    private static IEnumerable<RawDocument> Targets(RawDocument properties) => properties.List("Targets").Select(RawDocument.From).Select(Target);

    /// <summary>A target as PutTargets takes it: some of the parameters of ECS have other names there.</summary>
    private static RawDocument Target(RawDocument target)
    {
        if (target.Object("EcsParameters") is not { } ecs)
            return target;
        RawDocument result = RawDocument.Empty;
        foreach (KeyValuePair<string, JsonElement> member in ecs.Members)
        {
            result = member.Key switch
            {
                "NetworkConfiguration" => result.With(member.Key, RawDocument.Empty.With("awsvpcConfiguration", RawDocument.From(member.Value)["AwsVpcConfiguration"] ?? Json.Parse("{}"))),
                "PlacementStrategies" => result.With("PlacementStrategy", LoweredItems(member.Value)),
                "PlacementConstraints" or "CapacityProviderStrategy" => result.With(member.Key, LoweredItems(member.Value)),
                "TagList" => result.With("Tags", member.Value),
                _ => result.With(member.Key, member.Value),
            };
        }

        return target.With("EcsParameters", result);
    }

    private static IEnumerable<RawDocument> LoweredItems(JsonElement list) => list.EnumerateArray().Select(item => RawDocument.From(item).Members.Aggregate(
        RawDocument.Empty, (all, member) => all.With(char.ToLowerInvariant(member.Key[0]) + member.Key.Substring(1), member.Value)));
}

/// <summary>AWS::Events::EventBus</summary>
internal sealed class EventBusKind : ResourceKind
{
    private static readonly string[] Settings = ["Description", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig"];

    public override string Type => "AWS::Events::EventBus";

    public override string? NameProperty => "Name";

    public override bool HasSystemTags => true;

    public override void Create(ResourceWork work)
    {
        string name = work.Name("Name", 256);
        work.Call("events", "CreateEventBus", work.Given([.. Settings, "EventSourceName"]).With("Name", name).With("Tags", work.TagsListed()));
        work.PhysicalId = name;
        PutPolicy(work);
    }

    public override void Update(ResourceWork work)
    {
        // What is not set any more is emptied: UpdateEventBus keeps what it does not name.
        RawDocument input = work.Given(Settings).With("Name", work.PhysicalId);
        foreach (string name in Settings.Where(name => work.Properties[name] is null && work.Before[name] is not null))
        {
            input = name switch
            {
                "DeadLetterConfig" => input.With(name, RawDocument.Empty),
                "LogConfig" => input.With(name, RawDocument.Empty.With("Level", "OFF").With("IncludeDetail", "NONE")),
                _ => input.With(name, ""),
            };
        }

        work.Call("events", "UpdateEventBus", input);
        if (work.Differs("Policy"))
            PutPolicy(work);
        EventTags.Update(work, work.Operation.Arn("events", "event-bus/" + work.PhysicalId));
    }

    public override void Delete(ResourceWork work) => work.TryCall("events", "DeleteEventBus", RawDocument.Empty.With("Name", work.PhysicalId));

    public override RawDocument Attributes(ResourceWork work) =>
        RawDocument.Empty.With("Arn", work.Operation.Arn("events", "event-bus/" + work.PhysicalId)).With("Name", work.PhysicalId);

    private static void PutPolicy(ResourceWork work)
    {
        RawDocument bus = RawDocument.Empty.With("EventBusName", work.PhysicalId);
        if (work.Properties["Policy"] is { } policy)
            work.Call("events", "PutPermission", bus.With("Policy", AttributeText.Of(policy)));
        else if (work.Before["Policy"] is not null)
            work.Call("events", "RemovePermission", bus.With("RemoveAllPermissions", true));
    }
}

/// <summary>AWS::Events::EventBusPolicy: one statement of the policy of an event bus.</summary>
internal sealed class EventBusPolicyKind : ResourceKind
{
    private const string Id = "StatementId";
    private const string Bus = "EventBusName";

    public override string Type => "AWS::Events::EventBusPolicy";

    public override void Create(ResourceWork work)
    {
        string id = work.Properties.Text(Id)!;
        if (Statements(work).Any(statement => statement.Text("Sid") == id))
            throw AlreadyExists.Named(Type, id); // PutPermission would replace that one.
        Put(work);
        work.PhysicalId = $"{work.Properties.Text(Bus) ?? "default"}|{id}";
    }

    public override void Update(ResourceWork work) => Put(work);

    public override void Delete(ResourceWork work) => work.TryCall("events", "RemovePermission", work.Given(Bus, Id));

    /// <summary>PutPermission takes a statement only as a part of the whole policy.</summary>
    private static void Put(ResourceWork work)
    {
        if (work.Properties.Object("Statement") is not { } statement)
        {
            work.Call("events", "PutPermission", work.Given(Bus, Id, "Action", "Principal", "Condition"));
            return;
        }

        string id = work.Properties.Text(Id)!;
        IEnumerable<RawDocument> all = Statements(work).Where(other => other.Text("Sid") != id).Append(statement.With("Sid", id));
        work.Call("events", "PutPermission", work.Given(Bus).With("Policy", RawDocument.Empty.With("Version", "2012-10-17").With("Statement", all).ToString()));
    }

    private static IReadOnlyList<RawDocument> Statements(ResourceWork work)
    {
        RawDocument bus = work.Call("events", "DescribeEventBus", RawDocument.Empty.With("Name", work.Properties.Text(Bus)));
        return bus.Text("Policy") is { } policy ? Policies.ResourcePolicy.Statements(policy) ?? [] : [];
    }
}

/// <summary>AWS::Events::Archive</summary>
internal sealed class ArchiveKind : ResourceKind
{
    public override string Type => "AWS::Events::Archive";

    public override string? NameProperty => "ArchiveName";

    public override void Create(ResourceWork work)
    {
        string name = work.Name("ArchiveName", 48);
        work.Call("events", "CreateArchive", Input(work, name).With("EventSourceArn", work.Properties.Text("SourceArn")));
        work.PhysicalId = name;
    }

    public override void Update(ResourceWork work) => work.Call("events", "UpdateArchive", Input(work, work.PhysicalId!));

    public override void Delete(ResourceWork work) => work.TryCall("events", "DeleteArchive", RawDocument.Empty.With("ArchiveName", work.PhysicalId));

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty.With("Arn", work.Operation.Arn("events", "archive/" + work.PhysicalId));

    private static RawDocument Input(ResourceWork work, string name)
    {
        RawDocument input = RawDocument.Empty.With("ArchiveName", name).With(work.Given("Description", "RetentionDays", "KmsKeyIdentifier"));
        return work.Properties["EventPattern"] is { } pattern ? input.With("EventPattern", AttributeText.Of(pattern)) : input;
    }
}

/// <summary>Tags of rules and event buses.</summary>
internal static class EventTags
{
    public static void Update(ResourceWork work, string arn)
    {
        (RawDocument set, string[] removed) = work.TagChanges();
        if (set.Members.Count > 0)
            work.Call("events", "TagResource", RawDocument.Empty.With("ResourceARN", arn).With("Tags", Worlds.TagList.Of(set)));
        if (removed.Length > 0)
            work.Call("events", "UntagResource", RawDocument.Empty.With("ResourceARN", arn).With("TagKeys", removed));
    }
}
