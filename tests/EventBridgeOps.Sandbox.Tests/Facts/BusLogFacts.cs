namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>Logs of event buses. Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-events-eventbus-logconfig.html; main.tf of terraform-aws-modules/terraform-aws-eventbridge makes all three parts of a delivery.</summary>
public sealed class BusLogFacts : FactTest
{
    private const string Group = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/vendedlogs/bus";

    [Fact]
    public async Task LogConfigAloneWritesNothingUntilSourceDestinationAndDeliveryAreThere()
    {
        await Logged("NONE");
        await Send();
        Assert.Empty(await Records());
        (await Logs("PutDeliverySource", $$"""{"name":"s","resourceArn":"{{Bus}}default","logType":"INFO_LOGS"}""")).Succeeded();
        await Send();
        (await Logs("PutDeliveryDestination", $$$"""{"name":"d","deliveryDestinationConfiguration":{"destinationResourceArn":"{{{Group}}}"} }""")).Succeeded();
        await Send();
        Assert.Empty(await Records());
        (await Logs("CreateDelivery", """{"deliverySourceName":"s","deliveryDestinationArn":"arn:aws:logs:eu-west-1:123456789012:delivery-destination:d"}""")).Succeeded();
        await Send();
        Assert.NotEmpty(await Records());
    }

    [Theory]
    [InlineData("FULL", true)]
    [InlineData("NONE", false)]
    public async Task FullDetailLogsPayloads(string include, bool isThere)
    {
        await Logged(include);
        (await Logs("PutDeliverySource", $$"""{"name":"s","resourceArn":"{{Bus}}default","logType":"INFO_LOGS"}""")).Succeeded();
        (await Logs("PutDeliveryDestination", $$$"""{"name":"d","deliveryDestinationConfiguration":{"destinationResourceArn":"{{{Group}}}"} }""")).Succeeded();
        (await Logs("CreateDelivery", """{"deliverySourceName":"s","deliveryDestinationArn":"arn:aws:logs:eu-west-1:123456789012:delivery-destination:d"}""")).Succeeded();
        await Send("""{"secret":"payload"}""");
        Assert.Equal(isThere, (await Records()).Any(record => record.Contains("payload", StringComparison.Ordinal)));
    }

    private Task<Answer> Logs(string operation, string input) => Aws.Send("logs", "/", "Logs_20140328." + operation, input);

    private async Task Logged(string include)
    {
        (await Logs("CreateLogGroup", """{"logGroupName":"/aws/vendedlogs/bus"}""")).Succeeded();
        (await Aws.Events("UpdateEventBus", $$$"""{"Name":"default","LogConfig":{"Level":"INFO","IncludeDetail":"{{{include}}}"} }""")).Succeeded();
    }

    private async Task<List<string>> Records() => [.. (await Logs("FilterLogEvents", """{"logGroupName":"/aws/vendedlogs/bus"}""")).Succeeded().Json
        .GetProperty("events").EnumerateArray().Select(one => one.GetProperty("message").GetString()!)
        .Where(message => message.Contains("message_type", StringComparison.Ordinal))];
}
