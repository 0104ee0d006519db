using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Projects.Files;

/// <summary>The JSON Schema of a kind of file: what editors complete by is also what the reader checks by.</summary>
public sealed class EditorSchema
{
    private readonly Lazy<EventSchema> _schema;

    private EditorSchema(string fileName)
    {
        FileName = fileName;
        _schema = new Lazy<EventSchema>(() => EventSchema.Parse(Text, FileName));
    }

    /// <summary>The schema of <c>ebproject.yaml</c>.</summary>
    public static EditorSchema Project { get; } = new("ebproject.schema.json");

    /// <summary>The schema of a rule.</summary>
    public static EditorSchema Rule { get; } = new("ebrule.schema.json");

    /// <summary>The schema of a file with tests of a rule.</summary>
    public static EditorSchema Tests { get; } = new("ebtests.schema.json");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EditorSchema> All { get; } = [Project, Rule, Tests];

    /// <summary>The name of the file.</summary>
    public string FileName { get; }

    /// <summary>The text of the schema.</summary>
    public string Text
    {
        get
        {
            using Stream stream = typeof(EditorSchema).Assembly.GetManifestResourceStream($"EventBridgeOps.Projects.Schemas.{FileName}")!;
            using StreamReader reader = new(stream, Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }

    /// <summary>Finds what is wrong with a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="document">What was read from it.</param>
    public IReadOnlyList<ProjectFault> Check(ProjectText file, JsonObject document) =>
        [.. _schema.Value.Validate(Document.Element(document), "The file").OrderBy(violation => IsUnknown(violation) ? 0 : 1).Select(violation => Fault(file, document, violation))];

    // What a misspelled key lacks follows from it.
    private static bool IsUnknown(SchemaViolation violation) => violation.Keyword is "false" or "additionalProperties";

    private ProjectFault Fault(ProjectText file, JsonObject document, SchemaViolation violation)
    {
        if (violation.Keyword is "pattern" or "minimum" or "maximum" && Advice(violation.SchemaPointer) is { } advice)
            return violation.SchemaPointer.Contains("/propertyNames/") ? file.FaultOfKey(violation.Pointer, ProjectFieldMessages.InvalidName(JsonPointers.Last(violation.Pointer), advice))
                : file.Fault(violation.Pointer, ProjectFieldMessages.InvalidValue(violation.Pointer, Document.Write(JsonPointers.Find(document, violation.Pointer)), advice));
        if (!IsUnknown(violation))
            return violation.SchemaPointer.Contains("/propertyNames/") ? file.Fault(violation.Pointer, ProjectFieldMessages.NameRefused(JsonPointers.Last(violation.Pointer), violation.Reason)) : file.Fault(violation.Pointer, violation.Reason);
        string name = JsonPointers.Last(violation.Pointer);
        string[] known = [.. Known(violation.SchemaPointer)];
        string[] free = [.. known.Where(key => !Has(document, violation.Pointer, key))];
        Message reason = Spelling.Nearest(name, free) is { } meant ? ProjectFieldMessages.UnknownMeant(name, meant) : ProjectFieldMessages.Unknown(name, known);
        return file.FaultOfKey(violation.Pointer, reason);
    }

    // Editors say it as well: https://code.visualstudio.com/docs/languages/json.
    private string? Advice(string schemaPointer) =>
        JsonPointers.Find(_schema.Value.Root, schemaPointer.Substring(0, schemaPointer.LastIndexOf('/'))) is { ValueKind: JsonValueKind.Object } rule && rule.TryGetProperty("patternErrorMessage", out JsonElement advice) ? advice.GetString() : null;

    // The properties that stand beside "additionalProperties": false.
    private IEnumerable<string> Known(string schemaPointer)
    {
        JsonElement at = _schema.Value.Root;
        JsonElement owner = at;
        foreach (string part in JsonPointers.Names(schemaPointer))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(part, out JsonElement below))
                break;
            if (part == "additionalProperties")
                owner = at;
            at = below;
        }

        return owner.TryGetProperty("properties", out JsonElement properties) ? properties.EnumerateObject().Select(property => property.Name) : [];
    }

    private static bool Has(JsonObject document, string pointer, string key) =>
        JsonPointers.Find(document, pointer.Substring(0, Math.Max(0, pointer.LastIndexOf('/')))) is JsonObject parent && parent.ContainsKey(key);
}
