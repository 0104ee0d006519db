using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.DynamoDb.Tables;

/// <summary>The billing mode of a table and the throughput that it provisions. The sandbox throttles by its own quota alone.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html</remarks>
internal static class Throughput
{
    /// <summary>Checks the throughput that a request gives for a billing mode.</summary>
    public static void Check(string billingMode, RawDocument owner)
    {
        RawDocument? throughput = owner.Object("ProvisionedThroughput");
        if (billingMode == "PAY_PER_REQUEST")
        {
            if (throughput is not null)
                throw DynamoErrors.Invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
        }
        else if (throughput?.Number("ReadCapacityUnits") is not >= 1 || throughput.Number("WriteCapacityUnits") is not >= 1)
        {
            throw DynamoErrors.Invalid("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
        }
    }

    /// <summary>The throughput as descriptions have it.</summary>
    public static RawDocument Described(RawDocument owner) => RawDocument.Empty
        .With("NumberOfDecreasesToday", 0)
        .With("ReadCapacityUnits", owner.Object("ProvisionedThroughput")?.Number("ReadCapacityUnits") ?? 0)
        .With("WriteCapacityUnits", owner.Object("ProvisionedThroughput")?.Number("WriteCapacityUnits") ?? 0);
}
