using System.Globalization;
using System.Text;

namespace EventBridgeOps.Sandbox.DynamoDb.Values;

/// <summary>Writes the value of a key so that the ordinal order of the texts is the order of the values.</summary>
internal static class SortableText
{
    private const string Digits = "0123456789abcdef";

    /// <summary>The text of a key's value, which has no slash.</summary>
    public static string Of(Value value) => value switch
    {
        TextValue text => Hex(Encoding.UTF8.GetBytes(text.Text)),
        NumberValue number => number.Number.ToSortable(),
        BinaryValue binary => Hex(binary.Bytes),
        _ => throw new ArgumentException(string.Format(CultureInfo.InvariantCulture, "A value of type {0} has no order.", value.Type), nameof(value)),
    };

    private static string Hex(byte[] bytes)
    {
        char[] text = new char[bytes.Length * 2];
        for (int index = 0; index < bytes.Length; index++)
        {
            text[2 * index] = Digits[bytes[index] >> 4];
            text[(2 * index) + 1] = Digits[bytes[index] & 15];
        }

        return new string(text);
    }
}
