using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Privacy;

namespace EventBridgeOps.Events.Documents;

/// <summary>Takes what looks like a secret out of a document: constant inputs and header parameters may hold some.</summary>
public static class DocumentRedactor
{
    // Templates are not JSON, so the values of an environment in one are found by that name.
    private static readonly Regex TemplateValue = new(@"(\\*""value\\*""\s*:\s*\\*"")(?:(?!\\*"").)+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(10));

    /// <summary>A copy of the document without what looks like a secret.</summary>
    /// <param name="document">The document, which is left as it is.</param>
    public static JsonObject Redact(JsonObject document) => (JsonObject)Redact(document, isSecret: false)!;

    /// <summary>The JSON text of the document without what looks like a secret.</summary>
    /// <param name="document">The document.</param>
    public static string Write(JsonObject document) => Document.Write(Redact(document));

    /// <summary>Removes the values of all environment variables as well: for output that is not needed for an undo.</summary>
    /// <param name="document">The document, which is not changed.</param>
    public static JsonObject RedactStrictly(JsonObject document) => (JsonObject)Redact(document, isSecret: false, isStrict: true)!;

    private static JsonNode? Redact(JsonNode? node, bool isSecret, bool isStrict = false, bool isEnvironment = false)
    {
        switch (node)
        {
            case JsonObject fields:
                // Environment variables and tags come as {"Name": "DB_PASSWORD", "Value": "..."}.
                bool labelled = fields.Any(field => IsOneOf(field.Key, "Name", "Key") && Document.Text(field.Value) is { } label && SecretRedactor.NamesSecret(label));
                JsonObject copy = [];
                foreach (KeyValuePair<string, JsonNode?> field in fields)
                {
                    copy[field.Key] = field.Key == "JobDefinition" || (field.Key == "image" && !isSecret && ImageReference.TryParse(Document.Text(field.Value), out _))
                        ? field.Value?.DeepClone() // undo lives by it
                        : Redact(field.Value, isSecret || SecretRedactor.NamesSecret(field.Key) || (labelled && IsOneOf(field.Key, "Value", "Values")) || (isEnvironment && !IsOneOf(field.Key, "Name", "Key")), isStrict, isStrict && IsOneOf(field.Key, "Environment", "EnvironmentVariables"));
                }

                return copy;
            case JsonArray elements:
                // Command lines come as ["--password", "..."].
                return new JsonArray([.. elements.Select((element, i) => Redact(element, isSecret || (i > 0 && Document.Text(elements[i - 1]) is { } before && before.StartsWith("-", StringComparison.Ordinal) && !before.Contains('=') && SecretRedactor.NamesSecret(before)), isStrict, isEnvironment))]);
            case { } value when Document.Text(value) is { } text:
                string redacted = isSecret ? SecretRedactor.Mark : SecretRedactor.Redact(Inside(text, isStrict));
                return redacted == text ? value.DeepClone() : JsonValue.Create(redacted);
            case { } number when isSecret && number.GetValueKind() == JsonValueKind.Number:
                return JsonValue.Create(SecretRedactor.Mark);
            default:
                return node?.DeepClone();
        }
    }

    // A constant input is JSON inside a text: there its fields' names tell more than the text does.
    private static string Inside(string text, bool isStrict)
    {
        if (!text.TrimStart().StartsWith("{", StringComparison.Ordinal) && !text.TrimStart().StartsWith("[", StringComparison.Ordinal))
            return text;
        try
        {
            JsonObject before = Document.Parse($"{{\"\":{text}}}");
            JsonObject after = (JsonObject)Redact(before, isSecret: false, isStrict)!;
            return DocumentDiff.Same(before, after) ? text : Document.Write(after[""]);
        }
        catch (JsonException)
        {
            // A template, for example.
            return isStrict ? TemplateValue.Replace(text, "$1" + SecretRedactor.Mark) : text;
        }
    }

    private static bool IsOneOf(string name, string one, string other) =>
        name.Equals(one, StringComparison.OrdinalIgnoreCase) || name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
