using System.Text;

namespace EventBridgeOps.Sandbox.DynamoDb.Values;

/// <summary>How many bytes an item counts.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html</remarks>
internal static class ValueSize
{
    /// <summary>The most bytes of an item.</summary>
    public const int MostOfItem = 400 * 1024;

    public static int OfItem(MapValue item) => item.Members.Sum(member => Encoding.UTF8.GetByteCount(member.Key) + Of(member.Value));

    public static int Of(Value value) => value switch
    {
        TextValue text => Encoding.UTF8.GetByteCount(text.Text),
        NumberValue number => ((number.Number.SignificantDigits + 1) / 2) + 1 + (number.Number.IsNegative ? 1 : 0),
        BinaryValue binary => binary.Bytes.Length,
        SetValue set => set.Elements.Sum(Of),
        ListValue list => 3 + list.Elements.Sum(element => 1 + Of(element)),
        MapValue map => 3 + map.Members.Count + OfItem(map),
        _ => 1,
    };
}
