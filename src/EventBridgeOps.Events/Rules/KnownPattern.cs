using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Rules;

/// <summary>
/// The part of an event pattern that does not depend on unknown values: whatever these are, an event that does not match it does not match the pattern either.
/// </summary>
/// <remarks>
/// A field that depends on one is left out. Where that could make the rest match less (an alternative of <c>$or</c> that it replaced counts again; a field that must not exist is
/// looked for in more elements of an array), it stays, with a condition that is always true.
/// </remarks>
internal sealed class KnownPattern
{
    private const string Or = "$or";
    private readonly HashSet<(JsonObject Fields, string Key)> _unknown = [];
    private readonly List<string> _subtrees = []; // Where fields may be that are not known themselves.

    private KnownPattern()
    {
    }

    /// <summary>The known part; null if nothing is left, so that any event may match.</summary>
    /// <param name="pattern">The event pattern's JSON text.</param>
    /// <param name="unknown">Unknown values of the rule; those outside its pattern do not matter.</param>
    /// <exception cref="JsonException">The pattern is not JSON.</exception>
    public static string? Of(string pattern, IEnumerable<UnknownValue> unknown)
    {
        string[][] paths = [.. unknown.Where(value => value.IsOfPattern).Select(value => value.Path.Split('/').Skip(2).Select(JsonPointers.Unescape).ToArray())];
        if (paths.Any(path => path.Length == 0))
            return null;
        if (Document.ParseAny(pattern) is not JsonObject known)
            return pattern; // It is not valid, whatever is unknown in it.
        KnownPattern reading = new();
        foreach (string[] path in paths)
            reading.Find(known, path, "");
        return (IsPlain(known) ? reading.Remove(known) : reading.Open(known, "")) ? Document.Write(known) : null;
    }

    // Whatever is unknown below a field, the field's whole condition is; only '$or' has conditions of its own inside.
    private void Find(JsonObject fields, ReadOnlySpan<string> path, string prefix)
    {
        JsonNode? value = fields.TryGetPropertyValue(path[0], out JsonNode? found) ? found : null;
        if (value is JsonObject inner && path.Length > 1)
        {
            Find(inner, path.Slice(1), prefix + path[0] + ".");
        }
        else if (path[0] == Or && path.Length > 2 && value is JsonArray alternatives && int.TryParse(path[1], out int i) && i < alternatives.Count && alternatives[i] is JsonObject alternative)
        {
            Find(alternative, path.Slice(2), prefix);
        }
        else
        {
            _unknown.Add((fields, path[0]));
            if (path.Length == 1) // The value may have fields; or the key is unknown, and may be that of any field beside it.
                _subtrees.Add(value is JsonObject or JsonArray ? prefix : prefix + path[0] + ".");
        }
    }

    private static bool IsPlain(JsonNode? node) => node switch
    {
        JsonObject fields => fields.All(field => field.Key != Or && !field.Key.Contains('.') && !IsAbsence(field) && IsPlain(field.Value)),
        JsonArray elements => elements.All(IsPlain),
        _ => true,
    };

    private static bool IsAbsence(KeyValuePair<string, JsonNode?> field) => field.Key == "exists" && field.Value is JsonValue value && value.TryGetValue(out bool exists) && !exists;

    /// <summary>Leaves out what is unknown, and objects that have nothing left; false if nothing remains.</summary>
    private bool Remove(JsonObject fields)
    {
        foreach (KeyValuePair<string, JsonNode?> field in fields.ToList())
        {
            if (_unknown.Contains((fields, field.Key)) || (field.Value is JsonObject inner && !Remove(inner)))
                fields.Remove(field.Key);
        }

        return fields.Count > 0;
    }

    /// <summary>Gives what is unknown a condition that is always true; false if it is the only condition.</summary>
    private bool Open(JsonObject fields, string prefix)
    {
        bool isKnown = false;
        foreach (KeyValuePair<string, JsonNode?> field in fields.ToList())
        {
            string path = prefix + field.Key;
            if (_unknown.Contains((fields, field.Key)))
                fields[field.Key] = Anything();
            else if (field.Value is JsonObject inner)
                isKnown |= Open(inner, path + ".");
            else if (field.Key == Or && field.Value is JsonArray alternatives && alternatives.All(alternative => alternative is JsonObject))
                isKnown |= alternatives.Aggregate(false, (known, alternative) => Open(alternative!.AsObject(), prefix) | known);
            else if (_subtrees.Any(subtree => path.StartsWith(subtree, StringComparison.Ordinal)) || (_subtrees.Count > 0 && !IsPlain(field.Value)))
                fields[field.Key] = Anything();
            else
                isKnown = true;
        }

        return isKnown;
    }

    private static JsonArray Anything() => [new JsonObject { ["exists"] = true }, new JsonObject { ["exists"] = false }];
}
