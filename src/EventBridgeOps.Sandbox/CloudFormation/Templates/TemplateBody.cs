using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Templates;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Templates;

/// <summary>Reads the text of a template: JSON, or YAML with the short forms of functions.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html</remarks>
internal static class TemplateBody
{
    /// <summary>The most bytes of a template in a request.</summary>
    public const int MostBytes = 51_200;

    /// <summary>The most bytes of a template in a bucket.</summary>
    public const int MostBytesInBucket = 1_048_576;

    private const int Deepest = 200;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = Deepest };

    /// <summary>Reads a template.</summary>
    /// <exception cref="AwsError">It is not one.</exception>
    public static JsonObject Read(string text)
    {
        string trimmed = text.TrimStart();
        JsonNode node = trimmed.StartsWith("{", StringComparison.Ordinal) ? FromJson(text) ?? FromYaml(text) : FromYaml(text);
        return node as JsonObject ?? throw StackErrors.Format("unsupported structure.");
    }

    /// <summary>A value of JSON as a node; of a name that is there twice the last one counts.</summary>
    public static JsonNode? Node(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                JsonObject fields = [];
                foreach (JsonProperty field in value.EnumerateObject())
                    fields[field.Name] = Node(field.Value);
                return fields;
            case JsonValueKind.Array:
                JsonArray elements = [];
                foreach (JsonElement element in value.EnumerateArray())
                    elements.Add(Node(element));
                return elements;
            case JsonValueKind.String:
                return JsonValue.Create(value.GetString()!); // Here half of a surrogate pair shows.
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            default:
                return JsonNode.Parse(value.GetRawText());
        }
    }

    // Text that begins as JSON can also be YAML in its flow style.
    private static JsonNode? FromJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Reading);
            return Node(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            if (e is JsonException { LineNumber: { } line, BytePositionInLine: { } column } && !text.Contains('!'))
                throw StackErrors.Format($"JSON not well-formed. (line {line + 1}, column {column + 1})");
            return null;
        }
    }

    private static JsonNode FromYaml(string text)
    {
        try
        {
            return YamlText.Parse(text, _ => { });
        }
        catch (YamlFaultException e)
        {
            throw StackErrors.Format($"YAML not well-formed. ({e.Message})");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or EncoderFallbackException)
        {
            throw StackErrors.Format("YAML not well-formed.");
        }
    }
}
