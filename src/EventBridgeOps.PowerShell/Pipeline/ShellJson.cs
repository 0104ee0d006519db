using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;
using EventBridgeOps.Documents;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>The JSON text of an object as PowerShell holds it: made by <c>ConvertFrom-Json</c>, a hashtable, or made by hand.</summary>
/// <remarks>Any other object is its text: its properties may lead through half of the process.</remarks>
internal static class ShellJson
{
    /// <summary>Deeper than any event; what refers to itself ends here.</summary>
    private const int MaxDepth = 32;

    public static string Text(object? value) => Document.Write(Node(value, 0));

    private static JsonNode? Node(object? value, int depth)
    {
        object? plain = value is PSObject shell ? shell.BaseObject : value;
        return plain switch
        {
            _ when depth > MaxDepth => null,
            null => null,
            string text => JsonValue.Create(text),
            bool flag => JsonValue.Create(flag),
            char letter => JsonValue.Create(letter.ToString()),
            DateTime time => JsonValue.Create(time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)),
            byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal or System.Numerics.BigInteger => Number((IFormattable)plain),
            IDictionary fields => Object(fields.Keys.Cast<object>().Select(key => (Name: key.ToString() ?? "", Value: (object?)fields[key])), depth),
            IEnumerable elements => new JsonArray([.. elements.Cast<object?>().Select(element => Node(element, depth + 1))]),
            PSCustomObject => Object(PSObject.AsPSObject(value!).Properties.Where(property => property.IsGettable).Select(property => (property.Name, Value: Get(property))), depth),
            _ => JsonValue.Create(plain.ToString()),
        };
    }

    private static JsonObject Object(IEnumerable<(string Name, object? Value)> fields, int depth)
    {
        JsonObject document = [];
        foreach ((string name, object? value) in fields)
            document[name] = Node(value, depth + 1);
        return document;
    }

    private static JsonNode? Number(IFormattable number)
    {
        string text = number.ToString(number is float or double ? "R" : null, CultureInfo.InvariantCulture);
        return text is "NaN" or "Infinity" or "-Infinity" or "∞" or "-∞" ? JsonValue.Create(text) : JsonNode.Parse(text);
    }

    private static object? Get(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null; // A property that cannot be read says nothing.
        }
    }
}
