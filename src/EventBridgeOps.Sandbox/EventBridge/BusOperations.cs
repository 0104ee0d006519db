using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>Event buses. Every region has its default one from the start.</summary>
internal static class BusOperations
{
    public static RawDocument Create(Operation operation)
    {
        Constraints constraints = new();
        constraints.Text("name", operation.Input["Name"], true, 1, 256, EventNames.BusPattern);
        constraints.Text("description", operation.Input["Description"], longest: 512);
        CheckLog(constraints, operation.Input);
        EventTagOperations.Check(constraints, operation.Input);
        constraints.Check();

        string name = operation.Input.Text("Name")!;
        if (name.Contains('/') && operation.Input["EventSourceName"] is null)
            throw AwsError.Validation("Event bus name must not contain '/'.");

        Table buses = Buses(operation);
        if (buses.ContainsKey(name))
            throw new AwsError(400, "ResourceAlreadyExistsException", $"Event bus {name} already exists.");

        buses[name] = New(operation, name).With(operation.Input.Without("Name", "Tags"));
        EventTagOperations.Set(operation, buses[name].Text("Arn")!, operation.Input.List("Tags"));
        return operation.Input.Only("Description", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig")
            .With("EventBusArn", buses[name].Text("Arn"));
    }

    /// <summary>UpdateEventBus. What it does not name stays as it is; what AWS does with it is not documented.</summary>
    public static RawDocument Update(Operation operation)
    {
        Constraints constraints = new();
        constraints.Text("name", operation.Input["Name"], false, 1, 256, EventNames.BusPattern);
        constraints.Text("description", operation.Input["Description"], longest: 512);
        CheckLog(constraints, operation.Input);
        constraints.Check();

        RawDocument bus = Find(operation, operation.Input.Text("Name"));
        RawDocument given = operation.Input.Only("Description", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig");
        Buses(operation)[bus.Text("Name")!] = bus.With(given).With("LastModifiedTime", Json.Time(operation.Now));
        return bus.Only("Arn", "Name").With(given);
    }

    public static RawDocument Delete(Operation operation)
    {
        Constraints constraints = new();
        constraints.Text("name", operation.Input["Name"], true, 1, 256, EventNames.BusPattern);
        constraints.Check();

        string name = operation.Input.Text("Name")!;
        if (name == BusName.Default)
            throw AwsError.Validation("Cannot delete event bus default.");
        if (RuleOperations.OnBus(operation, name).Any())
            throw AwsError.Validation($"Cannot delete event bus {name} since it has rules.");

        if (Buses(operation).Find(name) is { } bus)
        {
            EventTagOperations.Forget(operation, bus.Text("Arn")!);
            Buses(operation).Remove(name);
        }

        return RawDocument.Empty;
    }

    public static RawDocument Describe(Operation operation)
    {
        Constraints constraints = new();
        EventNames.CheckBusReference(constraints, operation, "Name");
        constraints.Check();
        return Find(operation, operation.Input.Text("Name"));
    }

    public static RawDocument List(Operation operation)
    {
        Constraints constraints = new();
        constraints.Text("namePrefix", operation.Input["NamePrefix"], false, 1, 256, EventNames.BusPattern);
        constraints.Number("limit", operation.Input["Limit"], 1, 100);
        constraints.Check();

        string prefix = operation.Input.Text("NamePrefix") ?? "";
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(
            Buses(operation).Where(bus => bus.Key.StartsWith(prefix, StringComparison.Ordinal)),
            bus => bus.Key, operation.Input.Number("Limit"), operation.Input.Text("NextToken"));
        return RawDocument.Empty
            .With("EventBuses", page.Items.Select(bus =>
                bus.Value.Only("Name", "Arn", "Description", "Policy", "CreationTime", "LastModifiedTime")))
            .With("NextToken", page.NextToken);
    }

    /// <summary>The event bus with this name or ARN; the default event bus if none is specified.</summary>
    public static RawDocument Find(Operation operation, string? reference)
    {
        string name = Name(operation, reference);
        return Buses(operation).Find(name)
            ?? throw new AwsError(400, "ResourceNotFoundException", $"Event bus {name} does not exist.");
    }

    /// <summary>The name of the bus that an operation is about, which must exist.</summary>
    public static string FindName(Operation operation) => Find(operation, operation.Input.Text("EventBusName")).Text("Name")!;

    public static bool Exists(Operation operation, string? reference) => Buses(operation).ContainsKey(Name(operation, reference));

    private static void CheckLog(Constraints constraints, RawDocument input)
    {
        RawDocument log = constraints.Object("logConfig", input["LogConfig"]);
        constraints.OneOf("logConfig.includeDetail", log["IncludeDetail"], "NONE", "FULL");
        constraints.OneOf("logConfig.level", log["Level"], "OFF", "ERROR", "INFO", "TRACE");
    }

    private static string Name(Operation operation, string? reference) =>
        BusName.TryRead(reference, out Arn? arn, out string? name) && operation.IsHere(arn.Partition, arn.Region, arn.AccountId)
            ? name
            : reference ?? BusName.Default; // An ARN of elsewhere stays one, and so is not found.

    private static Table Buses(Operation operation)
    {
        Table buses = operation.State["buses"];
        if (!buses.ContainsKey(BusName.Default))
            buses[BusName.Default] = New(operation, BusName.Default);
        return buses;
    }

    private static RawDocument New(Operation operation, string name) => RawDocument.Empty
        .With("Name", name)
        .With("Arn", operation.Arn("events", "event-bus/" + name))
        .With("CreationTime", Json.Time(operation.Now))
        .With("LastModifiedTime", Json.Time(operation.Now));
}
