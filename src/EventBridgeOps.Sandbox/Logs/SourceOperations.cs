using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>Delivery sources: what sends logs. Here these are event buses.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html</remarks>
internal static class SourceOperations
{
    public static RawDocument Put(Operation operation)
    {
        RawDocument input = operation.Input;
        LogErrors.Refuse(input, "deliverySourceConfiguration");
        Constraints constraints = new();
        constraints.Text("name", input["name"], true, 1, 60, @"[\w-]*");
        constraints.Text("resourceArn", input["resourceArn"], required: true);
        constraints.Text("logType", input["logType"], true, 1, 255, @"[\w]*");
        constraints.Check();

        string resource = input.Text("resourceArn")!;
        if (!BusName.TryRead(resource, out Arn? arn, out string? bus) || arn is null)
            throw AwsError.Validation(LogMessages.NoLogSource(resource).ToString());
        if (!operation.IsHere(arn.Partition, arn.Region, arn.AccountId) || (bus != BusName.Default && !operation.State["buses"].ContainsKey(bus!)))
            throw LogErrors.NotFound("The specified resource does not exist.");
        if (input.Text("logType") is not ("ERROR_LOGS" or "INFO_LOGS" or "TRACE_LOGS"))
            throw AwsError.Validation("This service is not allowed for this LogSource.");

        string name = input.Text("name")!;
        if (Vending.Sources(operation).Find(name) is { } known)
        {
            if (input["tags"] is not null)
                throw Vending.Conflict("Tags can only be provided when a resource is being created, not updated.");
            if (!known.Texts("resourceArns").Contains(resource))
                throw Vending.Conflict("Update to existing Delivery Source with new ResourceId is not allowed. Please create a new Delivery Source instead.");
        }

        string sourceArn = operation.Arn("logs", "delivery-source:" + name);
        LogTags.Set(operation, sourceArn, input.Object("tags") ?? RawDocument.Empty);
        Vending.Sources(operation)[name] = RawDocument.Empty
            .With("name", name)
            .With("arn", sourceArn)
            .With("resourceArns", [resource])
            .With("service", "events")
            .With("logType", input.Text("logType"));
        return RawDocument.Empty.With("deliverySource", Vending.WithTags(operation, Vending.Sources(operation)[name]));
    }

    public static RawDocument Get(Operation operation) =>
        RawDocument.Empty.With("deliverySource", Vending.WithTags(operation, Vending.Find(operation, Vending.Sources(operation), "name", "Delivery Source")));

    public static RawDocument Describe(Operation operation) => Vending.Page(operation, Vending.Sources(operation), "deliverySources");

    public static RawDocument Delete(Operation operation)
    {
        RawDocument source = Vending.Find(operation, Vending.Sources(operation), "name", "Delivery Source");
        string name = source.Text("name")!;
        if (Vending.Deliveries(operation).Values.Any(delivery => delivery.Text("deliverySourceName") == name))
            throw Vending.Conflict("The Delivery Source is used by a Delivery, which must be deleted first.");
        LogTags.Forget(operation, source.Text("arn")!);
        Vending.Sources(operation).Remove(name);
        return RawDocument.Empty;
    }
}
