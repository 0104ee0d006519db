using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>Compares the input that arrived with the one that was foretold, in which only the time at which EventBridge received the event is open.</summary>
internal static class InputComparison
{
    /// <summary>What stands in a foretold input in place of the time of receipt.</summary>
    public const string IngestionTime = "EBOPS-INGESTION-TIME";

    private const string AnyTime = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)";

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = Document.MaxDepth };

    /// <summary>Whether two inputs are the same: as JSON, in which white space and the order of keys do not count, or else as text.</summary>
    /// <param name="expected">The input that was foretold.</param>
    /// <param name="actual">The input that arrived.</param>
    public static bool Same(string expected, string actual) => TryParse(expected, out JsonNode? foretold) && TryParse(actual, out JsonNode? arrived) ? SameNode(foretold, arrived) : SameText(expected, actual);

    private static bool SameNode(JsonNode? expected, JsonNode? actual) => (expected, actual) switch
    {
        (JsonObject fields, JsonObject others) => fields.Count == others.Count && fields.All(field => others.TryGetPropertyValue(field.Key, out JsonNode? other) && SameNode(field.Value, other)),
        (JsonArray items, JsonArray others) => items.Count == others.Count && items.Zip(others, SameNode).All(same => same),
        _ when Document.Text(expected) is { } text && Document.Text(actual) is { } other => SameText(text, other),
        _ => JsonNode.DeepEquals(expected, actual),
    };

    private static bool SameText(string expected, string actual) => expected.IndexOf(IngestionTime, StringComparison.Ordinal) < 0
        ? expected == actual
        : Regex.IsMatch(actual, @"\A" + Regex.Escape(expected).Replace(IngestionTime, AnyTime) + @"\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static bool TryParse(string text, out JsonNode? node)
    {
        try
        {
            node = JsonNode.Parse(text, documentOptions: Reading);
            return true;
        }
        catch (JsonException)
        {
            node = null;
            return false;
        }
    }
}
