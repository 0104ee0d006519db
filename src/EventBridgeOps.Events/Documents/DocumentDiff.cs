using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBridgeOps.Events.Documents;

/// <summary>One place where two documents differ.</summary>
/// <param name="Path">The keys (and, in arrays, the indexes) that lead there.</param>
/// <param name="Before">The value in the first document; null when it has none there.</param>
/// <param name="After">The value in the second document; null when it has none there.</param>
public sealed record DocumentDifference(IReadOnlyList<string> Path, JsonNode? Before, JsonNode? After)
{
    /// <summary>True when the first document has nothing there, which is not the same as <c>null</c>.</summary>
    public bool Adds { get; init; }

    /// <summary>True when the second document has nothing there, which is not the same as <c>null</c>.</summary>
    public bool Removes { get; init; }

    /// <summary>The place as a JSON pointer (RFC 6901).</summary>
    public string Pointer => JsonPointers.Of(Path);

    /// <summary>The difference as JSON: <c>{"pointer": ..., "old": ..., "new": ...}</c>; what a document does not have is left out.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = new() { ["pointer"] = Pointer };
        if (!Adds)
            json["old"] = Before?.DeepClone();
        if (!Removes)
            json["new"] = After?.DeepClone();
        return json;
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The difference as JSON.</param>
    /// <returns>Null if it is not one.</returns>
    public static DocumentDifference? From(JsonObject json) => json.String("pointer") is { Length: > 0 } pointer && pointer[0] == '/'
        ? new(JsonPointers.Names(pointer), json["old"]?.DeepClone(), json["new"]?.DeepClone())
        {
            Adds = !json.ContainsKey("old"),
            Removes = !json.ContainsKey("new"),
        }
        : null;
}

/// <summary>Compares documents by meaning: the order of keys and the notation of numbers are ignored, nothing else is.</summary>
public static class DocumentDiff
{
    /// <summary>Whether both have the same meaning: numbers by their exact decimal value, strings by their characters.</summary>
    /// <param name="left">A document or a part of one.</param>
    /// <param name="right">A document or a part of one.</param>
    public static bool Same(JsonNode? left, JsonNode? right) => !Differences([], left, right).Any();

    /// <summary>The innermost places where the documents differ, in the first document's order.</summary>
    /// <param name="before">The first document.</param>
    /// <param name="after">The second document.</param>
    public static IEnumerable<DocumentDifference> Between(JsonObject before, JsonObject after) => Differences([], before, after);

    /// <summary>Returns a copy of the document in which each of these places has its second value; null when the document has no such place.</summary>
    /// <param name="document">A document.</param>
    /// <param name="differences">Places and the values that they are to have. Missing objects on the way to a place are created.</param>
    public static JsonObject? Apply(JsonObject document, IEnumerable<DocumentDifference> differences)
    {
        JsonObject copy = document.DeepClone().AsObject();
        foreach (DocumentDifference difference in differences)
        {
            JsonNode? place = copy;
            foreach (string key in difference.Path.Take(difference.Path.Count - 1))
            {
                place = place switch
                {
                    JsonObject fields => fields.ContainsKey(key) ? fields[key] : fields[key] = new JsonObject(),
                    JsonArray elements => Index(key, elements) is { } index ? elements[index] : null,
                    _ => null,
                };
            }

            string last = difference.Path[difference.Path.Count - 1];
            if (place is JsonArray array && Index(last, array) is { } position)
                array[position] = difference.After?.DeepClone();
            else if (place is not JsonObject parent)
                return null;
            else if (difference.Removes)
                parent.Remove(last);
            else
                parent[last] = difference.After?.DeepClone();
        }

        return copy;
    }

    /// <summary>The value at the place of a difference; null when the document has nothing, or <c>null</c>, there.</summary>
    /// <param name="document">A document.</param>
    /// <param name="difference">The place.</param>
    public static JsonNode? At(JsonObject document, DocumentDifference difference)
    {
        JsonNode? place = document;
        foreach (string key in difference.Path)
        {
            place = place switch
            {
                JsonObject fields => fields[key],
                JsonArray elements => Index(key, elements) is { } index ? elements[index] : null,
                _ => null,
            };
        }

        return place;
    }

    private static int? Index(string key, JsonArray elements) =>
        int.TryParse(key, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int index) && index < elements.Count ? index : null;

    private static IEnumerable<DocumentDifference> Differences(List<string> path, JsonNode? before, JsonNode? after) => (before, after) switch
    {
        (JsonObject left, JsonObject right) => left.Select(field => field.Key).Concat(right.Select(field => field.Key).Where(key => !left.ContainsKey(key)))
            .SelectMany(key => left.ContainsKey(key) && right.ContainsKey(key)
                ? Differences([.. path, key], left[key], right[key])
                : [new DocumentDifference([.. path, key], left[key], right[key]) { Adds = !left.ContainsKey(key), Removes = left.ContainsKey(key) }]),
        (JsonArray left, JsonArray right) when left.Count == right.Count => Enumerable.Range(0, left.Count)
            .SelectMany(i => Differences([.. path, Number(i)], left[i], right[i])),
        _ => SameValue(before, after) ? [] : [new DocumentDifference([.. path], before, after)],
    };

    private static string Number(int index) => index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static bool SameValue(JsonNode? left, JsonNode? right)
    {
        if (left is null || right is null)
            return left is null && right is null;
        JsonValueKind kind = left.GetValueKind();
        if (kind != right.GetValueKind())
            return false;
        return kind switch
        {
            JsonValueKind.String => string.Equals(left.GetValue<string>(), right.GetValue<string>(), StringComparison.Ordinal),
            JsonValueKind.Number => DecimalText.Same(left.ToJsonString(), right.ToJsonString()),
            JsonValueKind.True or JsonValueKind.False => true,
            _ => false, // arrays of different length
        };
    }
}
