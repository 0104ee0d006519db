using System.Text;
using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Expressions;
using EventBridgeOps.Sandbox.DynamoDb.Tables;
using EventBridgeOps.Sandbox.DynamoDb.Values;

namespace EventBridgeOps.Sandbox.DynamoDb.Items;

/// <summary>Checks the keys of items.</summary>
internal static class ItemKeys
{
    /// <summary>The most bytes of the hash key; that of the range key is below.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html</remarks>
    private const int MostHashBytes = 2048;
    private const int MostRangeBytes = 1024;

    /// <summary>Checks that a key is one of a table.</summary>
    /// <returns>The key of its row.</returns>
    public static string OfKey(TableModel table, MapValue key)
    {
        if (key.Members.Count != table.Key.Names.Count() || table.Key.Names.Any(name => key[name]?.Type != table.Types[name]))
            throw NotTheSchema();
        foreach (string name in table.Key.Names)
            CheckPiece(name, key[name]!, name == table.Key.Hash, "");
        return RowKeys.Of(table.Key, key);
    }

    /// <summary>Checks that an item has the key of its table, and that its attributes can be keys of the indexes.</summary>
    /// <returns>The key of its row.</returns>
    public static string OfItem(TableModel table, MapValue item)
    {
        foreach (string name in table.Key.Names)
        {
            Value value = item[name] ?? throw DynamoErrors.Invalid($"Missing the key {name} in the item");
            if (value.Type != table.Types[name])
                throw DynamoErrors.Invalid($"Type mismatch for key {name} expected: {table.Types[name]} actual: {value.Type}");
            CheckPiece(name, value, name == table.Key.Hash, "");
        }

        CheckIndexKeys(table, item);
        return RowKeys.Of(table.Key, item);
    }

    /// <summary>Checks the attributes of an item that are keys of indexes.</summary>
    public static void CheckIndexKeys(TableModel table, MapValue item)
    {
        foreach (IndexModel index in table.Indexes)
        {
            foreach (string name in index.Key.Names)
            {
                if (item[name] is not { } value)
                    continue;
                if (value.Type != table.Types[name])
                {
                    throw DynamoErrors.Invalid(
                        $"Type mismatch for Index Key {name} Expected: {table.Types[name]} Actual: {value.Type} IndexName: {index.Name}");
                }

                CheckPiece(name, value, name == index.Key.Hash, index.Name);
            }
        }
    }

    /// <summary>Checks the key of an index whose new type only the update itself shows, for which the service has another message.</summary>
    public static void CheckUpdatedIndexKey(TableModel table, string attribute, MapValue item)
    {
        if (item[attribute] is { } value && table.Types.TryGetValue(attribute, out string? type) && value.Type != type)
            throw DynamoErrors.Validation("The update expression attempted to update the secondary index key to unsupported type");
    }

    /// <summary>Refuses paths into attributes that are keys, which are scalars.</summary>
    public static void CheckPaths(TableModel table, IEnumerable<DocumentPath> paths)
    {
        foreach (string attribute in paths.Where(path => path.IsNested).Select(path => path.Attribute))
        {
            string? kind = table.Key.Names.Contains(attribute) ? "Key" : table.Types.ContainsKey(attribute) ? "IndexKey" : null;
            if (kind is not null)
            {
                throw DynamoErrors.Validation(
                    $"Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: {kind}: {attribute}");
            }
        }
    }

    public static Wire.AwsError NotTheSchema() => DynamoErrors.Validation("The provided key element does not match the schema");

    private static void CheckPiece(string name, Value value, bool isHash, string index)
    {
        int bytes = value switch
        {
            TextValue text => Encoding.UTF8.GetByteCount(text.Text),
            BinaryValue binary => binary.Bytes.Length,
            _ => 1,
        };
        if (bytes == 0)
        {
            string kind = value is TextValue ? "string" : "binary";
            throw DynamoErrors.Validation(index.Length == 0
                ? $"One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty {kind} value. Key: {name}"
                : "One or more parameter values are not valid. A value specified for a secondary index key is not supported. "
                    + $"The AttributeValue for a key attribute cannot contain an empty {kind} value. IndexName: {index}, IndexKey: {name}");
        }

        // The missing blank is the service's.
        if (isHash && bytes > MostHashBytes)
            throw DynamoErrors.Invalid("Size of hashkey has exceeded the maximum size limit of2048 bytes");
        if (!isHash && bytes > MostRangeBytes)
            throw DynamoErrors.Invalid("Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }
}
