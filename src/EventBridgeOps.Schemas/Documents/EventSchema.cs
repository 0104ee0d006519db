using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Patterns.Values;
using Json.Schema;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>The schema of an event's detail: what publishers promise and consumers rely on.</summary>
/// <remarks>
/// JSON Schema draft-07, 2019-09 and 2020-12, and OpenAPI 3.0 and 3.1 as the EventBridge schema registry stores them
/// (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema.html). Nothing is downloaded: a <c>$ref</c> refers to a place in the same file, or to
/// another file that was given. <c>format</c> is checked, as publishers and consumers expect, although JSON Schema leaves that open.
/// A schema is immutable, and can be used from several threads.
/// </remarks>
public sealed class EventSchema
{
    /// <summary>Where the schema says which source its events have, as in the EventBridge schema registry.</summary>
    public const string SourceKeyword = "x-amazon-events-source";

    /// <summary>Where the schema says which detail type its events have, as in the EventBridge schema registry.</summary>
    public const string DetailTypeKeyword = "x-amazon-events-detail-type";

    private static readonly EvaluationOptions s_list = new() { OutputFormat = OutputFormat.Hierarchical, RequireFormatValidation = true, FormatRegistry = TimedPatterns.Formats };
    private static readonly EvaluationOptions s_flag = new() { OutputFormat = OutputFormat.Flag, RequireFormatValidation = true, FormatRegistry = TimedPatterns.Formats };

    private readonly SchemaParts _parts;
    private readonly JsonSchema _schema;

    private EventSchema(string name, SchemaDialect dialect, JsonElement root, JsonObject? openApi, SchemaParts parts, Uri uri, JsonSchema schema, Dictionary<Uri, JsonElement> documents, SchemaNames names)
    {
        (Name, Dialect, Root, _parts, Uri, _schema, Documents, Names) = (name, dialect, root, parts, uri, schema, documents, names);
        JsonObject? said = openApi?["components"]?["schemas"]?["AWSEvent"] as JsonObject;
        Source = said is null ? Text(root, SourceKeyword) : Document.Text(said[SourceKeyword]);
        DetailType = said is null ? Text(root, DetailTypeKeyword) : Document.Text(said[DetailTypeKeyword]);
    }

    /// <summary>The name by which messages call it, for example that of its file.</summary>
    public string Name { get; }

    /// <summary>The version of JSON Schema or OpenAPI in which it is written.</summary>
    public SchemaDialect Dialect { get; }

    /// <summary>The source of its events (<c>x-amazon-events-source</c>); null if the schema does not say it.</summary>
    public string? Source { get; }

    /// <summary>The detail type of its events (<c>x-amazon-events-detail-type</c>); null if the schema does not say it.</summary>
    public string? DetailType { get; }

    /// <summary>The schema as JSON Schema. An OpenAPI document was converted: <c>components/schemas</c> is <c>$defs</c>.</summary>
    public JsonElement Root { get; }

    /// <summary>Where the schema is, for references; nothing is there.</summary>
    internal Uri Uri { get; }

    /// <summary>This schema and those to which it can refer.</summary>
    internal IReadOnlyDictionary<Uri, JsonElement> Documents { get; }

    /// <summary>What the schemas in them are called.</summary>
    internal SchemaNames Names { get; }

    internal bool IsOpenApi => Dialect is SchemaDialect.OpenApi30 or SchemaDialect.OpenApi31;

    /// <summary>Reads a schema.</summary>
    /// <param name="text">JSON text.</param>
    /// <param name="name">The name by which messages call it.</param>
    /// <param name="others">Schemas to which it can refer: their text by the name of the file, relative to this one. They are not checked by themselves.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidSchema"/>: it is not valid; the message has the first fault.</exception>
    public static EventSchema Parse(string text, string name, IReadOnlyDictionary<string, string>? others = null) => Read(text, name, others, areChecked: false).Require(name);

    /// <summary>Reads a schema, or says all that is wrong with it.</summary>
    /// <param name="text">JSON text.</param>
    /// <param name="name">The name by which messages call it; of an OpenAPI document, also the schema in it if there is no <c>AWSEvent</c>.</param>
    /// <param name="others">Schemas to which it can refer: their text by the name of the file, relative to this one.</param>
    public static SchemaReading Read(string text, string name, IReadOnlyDictionary<string, string>? others = null) => Read(text, name, others, areChecked: true);

    private static SchemaReading Read(string text, string name, IReadOnlyDictionary<string, string>? others, bool areChecked)
    {
        if (Node(text, out SchemaFault? fault) is not { } document)
            return new SchemaReading(null, [fault!]);
        JsonObject? openApi = document is JsonObject fields && fields.ContainsKey("openapi") ? fields : null;
        SchemaDialect dialect = SchemaDialect.Draft202012;
        if (openApi is not null)
        {
            string version = Document.Text(openApi["openapi"]) ?? "";
            if (!version.StartsWith("3.0", StringComparison.Ordinal) && !version.StartsWith("3.1", StringComparison.Ordinal))
                return Fault("/openapi", SchemaMessages.UnknownOpenApi(version));
            dialect = version.StartsWith("3.0", StringComparison.Ordinal) ? SchemaDialect.OpenApi30 : SchemaDialect.OpenApi31;
            if (Detail(openApi, name) is not { } reference)
                return Fault("/components/schemas", SchemaMessages.OpenApiWithoutSchema(TypeName(name)));
            document = OpenApiSchema.Convert(openApi, reference, dialect is SchemaDialect.OpenApi30);
        }
        else if (document is JsonObject schema && Document.Text(schema["$schema"]) is { } uri)
        {
            if (SchemaDialects.Named(uri) is not { } named)
                return Fault("/$schema", SchemaMessages.UnknownDialect(uri));
            dialect = named;
        }

        SchemaFault[] faults = areChecked && others is not null ? [.. others.SelectMany(other => FaultsOf(other.Value, dialect).Select(found => found with { File = other.Key }))] : [];
        return faults.Length > 0 ? new SchemaReading(null, faults) : Build(document, openApi, dialect, name, others, areChecked);
    }

    private static JsonNode? Node(string text, out SchemaFault? fault)
    {
        fault = null;
        try
        {
            return text.Trim() is "true" or "false" ? JsonNode.Parse(text)! : Document.Parse(text);
        }
        catch (JsonException e)
        {
            TextPlace place = JsonPlaces.Fault(text, e, out string? twice);
            fault = new SchemaFault(null, twice is not null ? SchemaMessages.KeyTwice(twice) : OtherKind(text) is { } kind ? SchemaMessages.NotASchema(kind) : SchemaMessages.NotJson(JsonFault.Text(e)), place);
            return null;
        }
    }

    // A file to which others refer. An OpenAPI document has schemas, but is not one.
    private static IReadOnlyList<SchemaFault> FaultsOf(string text, SchemaDialect other)
    {
        if (Node(text, out SchemaFault? fault) is not { } document)
            return [fault!];
        if (document is JsonObject fields && fields.ContainsKey("openapi"))
            return [];
        if (Document.Text((document as JsonObject)?["$schema"]) is { } uri && SchemaDialects.Named(uri) is null)
            return [new SchemaFault("/$schema", SchemaMessages.UnknownDialect(uri))];
        JsonElement root = Document.Element(document);
        try
        {
            return FaultsOf(root, SchemaDialects.Of(root, other));
        }
        catch (InsufficientExecutionStackException)
        {
            return [new SchemaFault("", SchemaMessages.NestedTooDeeply())];
        }
    }

    // Most schemas are valid, and to say only whether takes half the time.
    private static IReadOnlyList<SchemaFault> FaultsOf(JsonElement root, SchemaDialect dialect) => dialect.Meta().Evaluate(root, s_flag).IsValid ? []
        : [.. ViolationReader.Read(dialect.Meta().Evaluate(root, s_list), null, root, "The schema").Select(violation => new SchemaFault(violation.Pointer, violation.Reason))];

    /// <summary>Checks the detail of an event.</summary>
    /// <param name="detail">The detail.</param>
    /// <param name="whole">What messages call it, at the start of a sentence.</param>
    /// <returns>What does not follow the schema; empty if the detail is valid.</returns>
    public IReadOnlyList<SchemaViolation> Validate(JsonElement detail, string whole = "The detail")
    {
        try
        {
            return Decide(detail) ? [] : ViolationReader.Read(_schema.Evaluate(detail, s_list), this, detail, whole);
        }
        catch (RegexMatchTimeoutException e)
        {
            return [new SchemaViolation("", "", "pattern", SchemaMessages.PatternTooSlow(TimedPatterns.Source(e)))];
        }
        catch (InsufficientExecutionStackException)
        {
            return [new SchemaViolation("", "", "$ref", SchemaMessages.RefersTooDeeply())];
        }
    }

    /// <summary>Whether the detail of an event follows the schema.</summary>
    /// <param name="detail">The detail.</param>
    /// <returns>False as well if a regular expression takes too long, or references lead too deep.</returns>
    public bool IsValid(JsonElement detail)
    {
        try
        {
            return Decide(detail);
        }
        catch (Exception e) when (e is RegexMatchTimeoutException or InsufficientExecutionStackException)
        {
            return false;
        }
    }

    /// <summary>Whether the detail of an event follows the schema.</summary>
    /// <exception cref="RegexMatchTimeoutException">A regular expression takes too long.</exception>
    /// <exception cref="InsufficientExecutionStackException">References lead too deep.</exception>
    internal bool Decide(JsonElement detail) => _schema.Evaluate(detail, s_flag).IsValid;

    /// <summary>Whether a value follows a part of the schema.</summary>
    /// <exception cref="RegexMatchTimeoutException">A regular expression takes too long.</exception>
    /// <exception cref="InsufficientExecutionStackException">References lead too deep.</exception>
    internal bool Decide(Uri document, string pointer, JsonElement value) =>
        pointer.Length == 0 && document == Uri ? Decide(value) : _parts.Decide(document, pointer, value, s_flag);

    private static SchemaReading Build(JsonNode content, JsonObject? openApi, SchemaDialect dialect, string name, IReadOnlyDictionary<string, string>? others, bool areChecked)
    {
        JsonElement root = Document.Element(content);
        Uri folder = new("https://schemas.invalid/");
        Uri uri = Identified(root, new Uri(folder, Uri.EscapeDataString(name)));
        BuildOptions options = new() { SchemaRegistry = new SchemaRegistry(), Dialect = dialect.Validating() };
        Dictionary<Uri, JsonElement> documents = new() { [uri] = root };
        Dictionary<Uri, Uri> places = [];
        try
        {
            if (FaultsOf(root, dialect) is { Count: > 0 } faults)
                return new SchemaReading(null, [.. faults.Select(Shown)]);
            Dictionary<Uri, string> files = [];
            foreach (KeyValuePair<string, string> other in others ?? new Dictionary<string, string>())
            {
                JsonElement document = Document.Element(SchemaDialects.Read(other.Value)!);
                Uri place = Identified(document, new Uri(folder, other.Key));
                if (place == uri)
                    continue;
                // It is known by both names.
                documents[place] = document;
                files[place] = other.Key;
                places[new Uri(folder, other.Key)] = place;
            }

            SchemaNames names = new(documents, dialect, places);
            if (SchemaLinks.Unknown(name, names, uri, root) is { } unknown)
                return new SchemaReading(null, [Shown(unknown)]);
            if (areChecked && files.Select(file => SchemaLinks.Unknown(file.Value, names, file.Key, documents[file.Key]) is { } missing ? missing with { File = file.Value } : null).FirstOrDefault(missing => missing is not null) is { } first)
                return new SchemaReading(null, [first]);
            if (new SchemaCycles(names, documents, uri, dialect).Find() is { } cycle)
                return new SchemaReading(null, [Shown(new SchemaFault(cycle, SchemaMessages.AppliesToItself()))]);
            Dictionary<Uri, JsonSchema> made = [];
            foreach (KeyValuePair<Uri, Uri> place in places)
                options.SchemaRegistry.Register(place.Key, made[place.Value] = Made(documents[place.Value], dialect, options, place.Value));
            made[uri] = Made(root, dialect, options, uri);
            return new SchemaReading(new EventSchema(name, dialect, root, openApi, new SchemaParts(uri, made, names, options), uri, made[uri], documents, names), []);
        }
        catch (InsufficientExecutionStackException)
        {
            return Fault("", SchemaMessages.NestedTooDeeply());
        }
        catch (Exception e) when (e is not OutOfMemoryException and not StackOverflowException)
        {
            return Fault("", SchemaMessages.NotUsable(e.Message));
        }

        // As the file has it, and not as it was converted.
        SchemaFault Shown(SchemaFault fault) => openApi is null ? fault : fault with { Pointer = OpenApiSchema.Shown(fault.Pointer!) };
    }

    private static JsonSchema Made(JsonElement document, SchemaDialect other, BuildOptions options, Uri place)
    {
        SchemaDialect dialect = SchemaDialects.Of(document, other);
        BuildOptions own = dialect == other ? options : new BuildOptions { SchemaRegistry = options.SchemaRegistry, Dialect = dialect.Validating() };
        return JsonSchema.Build(ReferenceOrder.First(SchemaDialects.Unnamed(document), dialect), own, place);
    }

    // The kind of JSON that cannot be a schema; null if it is not JSON.
    private static string? OtherKind(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Object => null,
                JsonValueKind.Array => "an array",
                JsonValueKind.String => "a string",
                JsonValueKind.Number => "a number",
                _ => "null",
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A schema that names itself is known by that name alone.
    private static Uri Identified(JsonElement root, Uri place) => Text(root, "$id") is { } id && Uri.TryCreate(place, id, out Uri? named) && named.Fragment.Length <= 1 ? new Uri(named.GetLeftPart(UriPartial.Query)) : place;

    // The registry's documents describe the whole event, and its detail by reference.
    private static string? Detail(JsonObject openApi, string name)
    {
        JsonObject? schemas = openApi["components"]?["schemas"] as JsonObject;
        if (schemas?["AWSEvent"]?["properties"]?["detail"] is JsonObject detail)
            return Document.Text(detail["$ref"]) is { } reference && reference.StartsWith(OpenApiSchema.From, StringComparison.Ordinal) ? OpenApiSchema.To + reference.Substring(OpenApiSchema.From.Length) : OpenApiSchema.To + "AWSEvent/properties/detail";
        string type = TypeName(name);
        return schemas?.FirstOrDefault(schema => string.Equals(schema.Key, type, StringComparison.OrdinalIgnoreCase) || string.Equals(schema.Key, name, StringComparison.OrdinalIgnoreCase)).Key is { } key ? OpenApiSchema.To + key
            : schemas is { Count: 1 } ? OpenApiSchema.To + schemas.First().Key : null;
    }

    /// <summary>The name of the type that a file name stands for: <c>AudioUploaded</c> of <c>audio-uploaded.v1</c>.</summary>
    /// <param name="name">The name of a schema, with or without a version.</param>
    public static string TypeName(string name) => string.Concat(name.Split('.')[0].Split(['-', '_', ' '], StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));

    private static string? Text(JsonElement root, string keyword) =>
        root.ValueKind is JsonValueKind.Object && root.TryGetProperty(keyword, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static SchemaReading Fault(string pointer, Message reason) => new(null, [new SchemaFault(pointer, reason)]);
}

/// <summary>A schema that was read, or what is wrong with it.</summary>
/// <param name="Schema">The schema; null if it is not valid.</param>
/// <param name="Faults">What is wrong; empty if it is valid.</param>
public sealed record SchemaReading(EventSchema? Schema, IReadOnlyList<SchemaFault> Faults)
{
    /// <summary>The schema.</summary>
    /// <param name="name">What the message calls it.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidSchema"/>: it is not valid; the message has the first fault.</exception>
    public EventSchema Require(string name) => Schema ?? throw new OpsException(ErrorIds.InvalidSchema, SchemaMessages.Invalid(name, Said(Faults[0]), Faults.Count - 1));

    private static Message Said(SchemaFault fault) =>
        fault.File is { } file ? SchemaMessages.InvalidAt(fault.Place is { } within ? $"{file}:{within}" : $"{file}#{fault.Pointer}", fault.Reason)
        : fault.Place is { } place ? SchemaMessages.InvalidAtLine(place, fault.Reason)
        : fault.Pointer is { Length: > 0 } pointer ? SchemaMessages.InvalidAt(pointer, fault.Reason)
        : fault.Reason;
}
