namespace EventBridgeOps.Sandbox.DynamoDb.Values;

/// <summary>A value as the service's error messages show it.</summary>
internal static class ValueText
{
    /// <summary>The bare value of a text, number or binary.</summary>
    public static string Of(Value value) => value switch
    {
        TextValue text => text.Text,
        NumberValue number => number.Number.ToString(),
        BinaryValue binary => Convert.ToBase64String(binary.Bytes),
        _ => value.Type,
    };

    /// <summary>The name of a type in the messages about update expressions.</summary>
    public static string TypeName(string type) => type switch
    {
        "S" => "STRING",
        "N" => "NUMBER",
        "B" => "BINARY",
        "BOOL" => "BOOLEAN",
        "NULL" => "NULL",
        "L" => "LIST",
        "M" => "MAP",
        "SS" => "STRING_SET",
        "NS" => "NUMBER_SET",
        _ => "BINARY_SET",
    };
}
