using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Projects;

/// <summary>The event that a document stands for: a detail, an entry of PutEvents, or an event.</summary>
/// <param name="Event">The event that rules see; null if it cannot be made.</param>
/// <param name="Detail">The detail; null if there is none.</param>
/// <param name="DetailPointer">The JSON pointer of the detail in the document.</param>
/// <param name="Fault">What is wrong; null for nothing.</param>
/// <param name="FaultPointer">Where.</param>
internal sealed record ProjectEvent(JsonObject? Event, JsonObject? Detail, string DetailPointer, Message? Fault = null, string FaultPointer = "")
{
    // What an event has that a document does not say. Tests must not depend on the time.
    private const string Id = "00000000-0000-4000-8000-000000000000";
    private const string Time = "2026-01-01T00:00:00Z";

    /// <summary>The event of an example.</summary>
    /// <param name="document">The document.</param>
    /// <param name="schema">The schema of the example, which says the source and the detail type of a detail; null if the document must say them.</param>
    /// <param name="settings">The settings of the project, with the account and the Region.</param>
    public static ProjectEvent Of(JsonObject document, ProjectSchema? schema, ProjectSettings? settings)
    {
        bool isEntry = document.ContainsKey(nameof(Detail)) && document.ContainsKey("DetailType"), isEvent = document.ContainsKey("detail") && document.ContainsKey("detail-type");
        if (!isEntry && !isEvent)
            return schema is null ? new ProjectEvent(null, null, "", ProjectMessages.NotAnEvent()) : OfDetail(document, schema, settings);
        (string detailField, string typeField, string sourceField) = isEntry ? ("Detail", "DetailType", "Source") : ("detail", "detail-type", "source");
        JsonNode? detail = document[detailField];
        string pointer = "/" + detailField;
        if (isEntry && Document.Text(detail) is { } text)
        {
            try
            {
                detail = Document.Parse(text);
            }
            catch (JsonException e)
            {
                return new ProjectEvent(null, null, pointer, ProjectMessages.DetailNotJson(JsonFault.Text(e)), pointer);
            }
        }

        if (detail is not JsonObject fields)
            return new ProjectEvent(null, null, pointer, ProjectMessages.DetailNotAnObject(), pointer);
        string source = document.String(sourceField) ?? schema?.Source ?? "", type = document.String(typeField) ?? "";
        JsonObject made = Make(source, type, fields, settings);
        foreach (KeyValuePair<string, JsonNode?> field in isEvent ? document : [])
            made[field.Key] = field.Value?.DeepClone();
        if (isEntry && document["Resources"] is JsonArray resources)
            made["resources"] = resources.DeepClone();
        if (isEntry && EntryCheck.Prepare(new EventEntry { Source = source, DetailType = type, Detail = Document.Write(fields) }, newId: null).Fault is { } refused)
            return new ProjectEvent(made, fields, pointer, refused);
        if (schema is not null && type != schema.DetailType)
            return new ProjectEvent(made, fields, pointer, ProjectMessages.OtherDetailType(type, schema.Name, schema.DetailType), "/" + typeField);
        return schema?.Source is { } expected && source != expected
            ? new ProjectEvent(made, fields, pointer, ProjectMessages.OtherSource(source, schema.Name, expected), "/" + sourceField)
            : new ProjectEvent(made, fields, pointer);
    }

    private static ProjectEvent OfDetail(JsonObject detail, ProjectSchema schema, ProjectSettings? settings) =>
        new(schema.Source is null ? null : Make(schema.Source, schema.DetailType, detail, settings), detail, "");

    private static JsonObject Make(string source, string type, JsonObject detail, ProjectSettings? settings)
    {
        ProjectEnvironment? place = settings?.FirstEnvironment;
        return new JsonObject
        {
            ["version"] = "0",
            ["id"] = Id,
            ["detail-type"] = type,
            ["source"] = source,
            ["account"] = place?.AccountId ?? EntryDefaults.SampleAccount,
            ["time"] = Time,
            ["region"] = place?.Region ?? EntryDefaults.SampleRegion,
            ["resources"] = new JsonArray(),
            ["detail"] = detail.DeepClone(),
        };
    }
}
