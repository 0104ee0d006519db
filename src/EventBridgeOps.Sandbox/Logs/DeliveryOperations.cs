using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>Deliveries: each connects a source with a destination.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateDelivery.html</remarks>
internal static class DeliveryOperations
{
    private const string TestStream = "log_stream_created_by_aws_to_validate_log_delivery_subscriptions";
    private const string TestMessage = "Permissions are set correctly to allow AWS CloudWatch Logs to write into your logs while creating a subscription.";

    public static RawDocument Create(Operation operation)
    {
        RawDocument input = operation.Input;
        if (input.Only("recordFields", "fieldDelimiter", "s3DeliveryConfiguration").Members is { Count: > 0 } more)
            throw AwsError.Validation(LogMessages.NoParameter(more[0].Key).ToString());
        Constraints constraints = new();
        constraints.Text("deliverySourceName", input["deliverySourceName"], true, 1, 60, @"[\w-]*");
        constraints.Text("deliveryDestinationArn", input["deliveryDestinationArn"], required: true);
        constraints.Check();

        string source = input.Text("deliverySourceName")!;
        string arn = input.Text("deliveryDestinationArn")!;
        if (!Vending.Sources(operation).ContainsKey(source))
            throw Vending.NotThere("Delivery Source");
        if (Vending.Destinations(operation).Values.FirstOrDefault(one => one.Text("arn") == arn) is not { } destination)
            throw Vending.NotThere("Delivery Destination");
        if (Vending.Deliveries(operation).Values.Any(one => one.Text("deliverySourceName") == source && one.Text("deliveryDestinationArn") == arn))
            throw Vending.Conflict("The specified Delivery already exists");
        if (Vending.Deliveries(operation).Values.Any(one => one.Text("deliverySourceName") == source))
            throw Vending.Conflict("Delivery already exists for this Delivery Source with the same Delivery Destination Type.");
        if (Vending.GroupOf(operation, destination) is not { } group)
            throw LogErrors.NoGroup();

        string id = operation.Account.Random.Id().Replace("-", "").Substring(0, 16);
        Vending.LetDeliver(operation, group);
        if (!group.Streams.ContainsKey(TestStream))
            group.CreateStream(TestStream);
        group.Append(TestStream, [(operation.Now.ToUnixTimeMilliseconds(), TestMessage)]);
        string deliveryArn = operation.Arn("logs", "delivery:" + id);
        LogTags.Set(operation, deliveryArn, input.Object("tags") ?? RawDocument.Empty);
        Vending.Deliveries(operation)[id] = RawDocument.Empty
            .With("id", id)
            .With("arn", deliveryArn)
            .With("deliverySourceName", source)
            .With("deliveryDestinationArn", arn)
            .With("deliveryDestinationType", "CWL");
        return RawDocument.Empty.With("delivery", Vending.WithTags(operation, Vending.Deliveries(operation)[id]));
    }

    public static RawDocument Get(Operation operation) =>
        RawDocument.Empty.With("delivery", Vending.WithTags(operation, Vending.Find(operation, Vending.Deliveries(operation), "id", "Delivery")));

    public static RawDocument Describe(Operation operation) => Vending.Page(operation, Vending.Deliveries(operation), "deliveries");

    public static RawDocument Delete(Operation operation)
    {
        RawDocument delivery = Vending.Find(operation, Vending.Deliveries(operation), "id", "Delivery");
        LogTags.Forget(operation, delivery.Text("arn")!);
        Vending.Deliveries(operation).Remove(delivery.Text("id")!);
        return RawDocument.Empty;
    }
}
