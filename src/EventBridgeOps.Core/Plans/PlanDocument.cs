using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;

namespace EventBridgeOps.Plans;

/// <summary>Plans as JSON.</summary>
internal static class PlanDocument
{
    private const string VersionField = "v";
    private const string DigestField = "digest";

    public static JsonObject Write(ChangePlan plan) => Clean(new JsonObject
    {
        [VersionField] = ChangePlan.Version,
        ["kind"] = plan.Kind.ToString(),
        ["region"] = plan.Region,
        ["account"] = plan.AccountId,
        ["identity"] = plan.Identity,
        ["time"] = Text(plan.Time),
        ["items"] = new JsonArray([.. plan.Items.Select(Write)]),
    });

    public static string WriteText(ChangePlan plan)
    {
        JsonObject document = Write(plan);
        document[DigestField] = DocumentDigest.Of(document);
        return Document.WriteIndented(document);
    }

    /// <summary>Reads a plan.</summary>
    /// <param name="json">The JSON text.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidPlan"/>.</exception>
    public static ChangePlan Read(string json)
    {
        JsonObject document = Parse(json);
        if (document[VersionField] is not JsonValue number || !number.TryGetValue(out int version) || version < 1)
            throw Fault(PlanMessages.NotAPlan());
        if (version > ChangePlan.Version)
            throw Fault(PlanMessages.TooNew(version));
        string? digest = document.String(DigestField);
        document.Remove(DigestField);
        if (digest != DocumentDigest.Of(document))
            throw Fault(PlanMessages.Modified());
        return new ChangePlan
        {
            Kind = Enum.TryParse(document.String("kind"), out ChangeKind kind) ? kind : throw Fault(PlanMessages.NotAPlan()),
            Region = Required(document, "region"),
            AccountId = document.String("account"),
            Identity = document.String("identity"),
            Time = Time(document),
            Items = [.. (document["items"] as JsonArray ?? throw Fault(PlanMessages.NotAPlan())).Select(item => ReadItem(item as JsonObject ?? throw Fault(PlanMessages.NotAPlan())))],
        };
    }

    private static JsonObject Parse(string json)
    {
        try
        {
            return Document.Parse(json);
        }
        catch (JsonException e)
        {
            throw new OpsException(ErrorIds.InvalidPlan, PlanMessages.NotJson(EventDocument.Reason(e)), e);
        }
    }

    private static JsonNode Write(PlannedItem item) => Clean(new JsonObject
    {
        ["resource"] = item.Resource.Kind.ToString(),
        ["name"] = item.Resource.Name,
        ["from"] = item.From,
        ["to"] = item.To,
        ["edits"] = new JsonArray([.. item.Edits.Select(edit => edit.ToJson())]),
        [DigestField] = item.Digest,
        ["expected"] = new JsonArray([.. item.Expected.Select(state => JsonValue.Create(state))]),
        ["recreate"] = item.Recreate ? true : null,
        ["before"] = item.Before is null ? null : Document.Parse(item.Before),
        ["after"] = item.After is null ? null : Document.Parse(item.After),
        ["reason"] = item.Reason,
        ["owner"] = item.Owner,
        ["time"] = Text(item.Time),
    });

    private static PlannedItem ReadItem(JsonObject item) => new()
    {
        Resource = new ResourceId(Enum.TryParse(item.String("resource"), out ChangeItemKind kind) ? kind : throw Fault(PlanMessages.UnknownResource(item.String("resource"))), Required(item, "name")),
        From = item.String("from"),
        To = item.String("to"),
        Edits = [.. (item["edits"] as JsonArray ?? []).Select(edit => (edit as JsonObject is { } object_ ? DocumentDifference.From(object_) : null) ?? throw Fault(PlanMessages.NotAPlan()))],
        Digest = item.String(DigestField),
        Expected = [.. (item["expected"] as JsonArray ?? []).Select(state => (string?)state ?? "")],
        Recreate = (bool?)item["recreate"] ?? false,
        Before = item["before"] is { } before ? Document.Write(before) : null,
        After = item["after"] is { } after ? Document.Write(after) : null,
        Reason = item.String("reason"),
        Owner = item.String("owner"),
        Time = Time(item),
    };

    private static string Required(JsonObject document, string field) => document.String(field) is { Length: > 0 } text ? text : throw Fault(PlanMessages.NotAPlan());

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(JsonObject document) =>
        DateTimeOffset.TryParse(document.String("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : throw Fault(PlanMessages.NotAPlan());

    // A field that is not there says as much as null, in fewer words.
    private static JsonObject Clean(JsonObject document)
    {
        foreach (string field in document.Where(field => field.Value is null or JsonArray { Count: 0 }).Select(field => field.Key).ToList())
            document.Remove(field);
        return document;
    }

    private static OpsException Fault(Message message) => new(ErrorIds.InvalidPlan, message);
}
