using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Projects.Matching;

/// <summary>The fields that a pattern asks for, and those that a schema describes.</summary>
internal static class SchemaFields
{
    private static readonly string[] s_items = ["items", "prefixItems", "contains"];

    private const int Deepest = 50;
    private static readonly string[] Combining = ["allOf", "anyOf", "oneOf"];
    private static readonly string[] Conditional = ["if", "then", "else"];

    /// <summary>The fields of the detail for which a pattern has conditions, each with its JSON pointer in the pattern.</summary>
    public static IEnumerable<(string Pointer, IReadOnlyList<string> Path)> Of(JsonObject pattern, string pointer) => Walk(pattern, pointer, []).Where(field => field.Path[0] == "detail").Select(field => (field.Pointer, (IReadOnlyList<string>)[.. field.Path.Skip(1)])).Where(field => field.Item2.Count > 0);

    /// <summary>Whether a schema describes a field. Below what a schema leaves open, every field is described.</summary>
    public static bool Knows(JsonElement schema, IReadOnlyList<string> path) => Knows(schema, schema, path, 0, isPart: false, 0);

    /// <summary>Whether a schema describes a field with a dot in its name.</summary>
    public static bool HasDots(JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Array)
            return schema.EnumerateArray().Any(HasDots);
        return schema.ValueKind == JsonValueKind.Object && schema.EnumerateObject().Any(field =>
            field.Name == "properties" && field.Value.ValueKind == JsonValueKind.Object ? field.Value.EnumerateObject().Any(property => property.Name.Contains('.') || HasDots(property.Value)) : HasDots(field.Value));
    }

    private static IEnumerable<(string Pointer, IReadOnlyList<string> Path)> Walk(JsonObject pattern, string pointer, IReadOnlyList<string> path)
    {
        foreach (KeyValuePair<string, JsonNode?> field in pattern)
        {
            string at = JsonPointers.Add(pointer, field.Key);
            IReadOnlyList<string> below = [.. path, field.Key];
            if (field.Key == "$or" && PatternSchema.IsOr(field.Value))
            {
                int index = 0;
                foreach (JsonNode? alternative in field.Value!.AsArray())
                {
                    foreach ((string, IReadOnlyList<string>) found in Walk(alternative!.AsObject(), JsonPointers.Add(at, index), path))
                        yield return found;
                    index++;
                }
            }
            else if (field.Value is JsonObject nested)
            {
                foreach ((string, IReadOnlyList<string>) found in Walk(nested, at, below))
                    yield return found;
            }
            else
            {
                yield return (at, below);
            }
        }
    }

    private static bool Knows(JsonElement root, JsonElement schema, IReadOnlyList<string> path, int at, bool isPart, int depth)
    {
        if (at == path.Count || depth > Deepest)
            return true;
        if (schema.ValueKind != JsonValueKind.Object)
            return !isPart && schema.ValueKind == JsonValueKind.True;
        if (schema.TryGetProperty("$ref", out JsonElement reference) && reference.ValueKind == JsonValueKind.String)
        {
            // What is in another file, or named by an anchor, is not looked up.
            if (Find(root, reference.GetString()!) is not { } target || Knows(root, target, path, at, isPart, depth + 1))
                return true;
        }

        bool isOpen = !schema.TryGetProperty("$ref", out _);
        foreach (string keyword in Combining.Where(keyword => schema.TryGetProperty(keyword, out JsonElement parts) && parts.ValueKind == JsonValueKind.Array))
        {
            isOpen = false;
            if (schema.GetProperty(keyword).EnumerateArray().Any(part => Knows(root, part, path, at, isPart: true, depth + 1)))
                return true;
        }

        if (Conditional.Any(keyword => schema.TryGetProperty(keyword, out JsonElement part) && Knows(root, part, path, at, isPart: true, depth + 1)))
            return true;
        // Elements of an array have the fields that a pattern asks for.
        foreach (string keyword in s_items.Where(keyword => schema.TryGetProperty(keyword, out _)))
        {
            isOpen = false;
            JsonElement items = schema.GetProperty(keyword);
            if (items.ValueKind == JsonValueKind.Array ? items.EnumerateArray().Any(item => Knows(root, item, path, at, isPart, depth + 1)) : Knows(root, items, path, at, isPart, depth + 1))
                return true;
        }

        return Property(root, schema, path, at, depth, ref isOpen) || (isOpen && !isPart && IsOpen(schema));
    }

    private static bool Property(JsonElement root, JsonElement schema, IReadOnlyList<string> path, int at, int depth, ref bool isOpen)
    {
        if (schema.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object)
        {
            isOpen = false;
            if (properties.TryGetProperty(path[at], out JsonElement property))
                return Knows(root, property, path, at + 1, isPart: false, depth + 1);
        }

        if (schema.TryGetProperty("patternProperties", out JsonElement patterns) && patterns.ValueKind == JsonValueKind.Object)
        {
            isOpen = false;
            foreach (JsonProperty pattern in patterns.EnumerateObject().Where(pattern => IsMatch(pattern.Name, path[at])))
                return Knows(root, pattern.Value, path, at + 1, isPart: false, depth + 1);
        }

        if (!schema.TryGetProperty("additionalProperties", out JsonElement others))
            return false;
        isOpen = false;
        return others.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.Object => Knows(root, others, path, at + 1, isPart: false, depth + 1),
            _ => false,
        };
    }

    // A value that is text or a number has no fields.
    private static bool IsOpen(JsonElement schema) =>
        !schema.TryGetProperty("type", out JsonElement type) || type.ToString().Contains("object") || type.ToString().Contains("array");

    private static bool IsMatch(string pattern, string name)
    {
        try
        {
            return Regex.IsMatch(name, pattern, RegexOptions.ECMAScript, TimeSpan.FromMilliseconds(100));
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static JsonElement? Find(JsonElement root, string reference)
    {
        if (!reference.StartsWith("#", StringComparison.Ordinal) || (reference.Length > 1 && reference[1] != '/'))
            return null;
        return JsonPointers.Find(root, Uri.UnescapeDataString(reference.Substring(1)));
    }
}
