using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>Delivery destinations: where logs go. Here these are log groups.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliveryDestination.html</remarks>
internal static class DestinationOperations
{
    public static RawDocument Put(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.Text("name", input["name"], true, 1, 60, @"[\w-]*");
        constraints.OneOf("outputFormat", input["outputFormat"], "w3c", "raw", "json", "plain", "parquet");
        constraints.OneOf("deliveryDestinationType", input["deliveryDestinationType"], "S3", "CWL", "FH", "XRAY");
        RawDocument configuration = constraints.Object("deliveryDestinationConfiguration", input["deliveryDestinationConfiguration"]);
        constraints.Text("deliveryDestinationConfiguration.destinationResourceArn", configuration["destinationResourceArn"]);
        constraints.Check();

        string resource = configuration.Text("destinationResourceArn") ?? "";
        if (!resource.StartsWith(operation.Arn("logs", "log-group:"), StringComparison.Ordinal) || input.Text("deliveryDestinationType") is not (null or "CWL"))
            throw AwsError.Validation(LogMessages.NoLogDestination(resource).ToString());
        if (input.Text("outputFormat") is { } format and not "json")
            throw AwsError.Validation(LogMessages.NoFormat(format).ToString());

        string name = input.Text("name")!;
        if (Vending.Destinations(operation).ContainsKey(name) && input["tags"] is not null)
            throw Vending.Conflict("Tags can only be provided when a resource is being created, not updated.");
        string arn = operation.Arn("logs", "delivery-destination:" + name);
        LogTags.Set(operation, arn, input.Object("tags") ?? RawDocument.Empty);
        Vending.Destinations(operation)[name] = RawDocument.Empty
            .With("name", name)
            .With("arn", arn)
            .With("deliveryDestinationType", "CWL")
            .With("outputFormat", input.Text("outputFormat"))
            .With("deliveryDestinationConfiguration", configuration);
        return RawDocument.Empty.With("deliveryDestination", Vending.WithTags(operation, Vending.Destinations(operation)[name]));
    }

    public static RawDocument Get(Operation operation) => RawDocument.Empty.With(
        "deliveryDestination", Vending.WithTags(operation, Vending.Find(operation, Vending.Destinations(operation), "name", "Delivery Destination")));

    public static RawDocument Describe(Operation operation) => Vending.Page(operation, Vending.Destinations(operation), "deliveryDestinations");

    public static RawDocument Delete(Operation operation)
    {
        RawDocument destination = Vending.Find(operation, Vending.Destinations(operation), "name", "Delivery Destination");
        string arn = destination.Text("arn")!;
        if (Vending.Deliveries(operation).Values.Any(delivery => delivery.Text("deliveryDestinationArn") == arn))
            throw Vending.Conflict("The Delivery Destination is used by a Delivery, which must be deleted first.");
        LogTags.Forget(operation, arn);
        Vending.Destinations(operation).Remove(destination.Text("name")!);
        return RawDocument.Empty;
    }
}
