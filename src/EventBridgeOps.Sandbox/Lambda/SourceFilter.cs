using System.Text.Json;
using EventBridgeOps.Patterns;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>The filters of an event source mapping: a message goes to the function if one of them matches, and is deleted if none does.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html</remarks>
internal static class SourceFilter
{
    private const string Body = "body";

    public static bool IsValid(string pattern)
    {
        try
        {
            EventPattern.Parse(pattern);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or JsonException)
        {
            return false;
        }
    }

    public static bool Matches(RawDocument mapping, RawDocument record)
    {
        List<string> patterns = [.. (mapping.Object("FilterCriteria") ?? RawDocument.Empty).List("Filters").Select(filter => RawDocument.From(filter).Text("Pattern")!)];
        return patterns.Count == 0 || patterns.Exists(pattern => Matches(pattern, record));
    }

    /// <summary>A pattern for the fields of the body needs a body that is a JSON object, and one for the body as a text needs another.</summary>
    private static bool Matches(string pattern, RawDocument record)
    {
        string body = record.Text(Body)!;
        if (RawDocument.Parse(pattern)[Body] is { } wanted)
        {
            bool isOfFields = wanted.ValueKind == JsonValueKind.Object;
            if (isOfFields != Json.IsObject(body))
                return false;
            if (isOfFields)
                record = record.With(Body, Json.Parse(body));
        }

        return EventPattern.Parse(pattern).Matches(record.ToUtf8());
    }
}
