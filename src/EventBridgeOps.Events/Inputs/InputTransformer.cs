using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Inputs;

/// <summary>A target's <c>InputTransformer</c>, with the checks that PutTargets makes.</summary>
/// <remarks>Limits: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html.</remarks>
internal sealed class InputTransformer
{
    private const int MostPaths = 100;
    private const int LongestName = 256;

    private static readonly HashSet<string> Predefined = new(StringComparer.Ordinal)
    {
        "aws.events.rule-arn", "aws.events.rule-name", "aws.events.event.ingestion-time", "aws.events.event", "aws.events.event.json",
    };

    private static readonly Regex Name = new(@"\A[A-Za-z0-9_\-]+\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private readonly Dictionary<string, EventPath> _paths;
    private readonly InputTemplate _template;

    private InputTransformer(Dictionary<string, EventPath> paths, InputTemplate template) => (_paths, _template) = (paths, template);

    /// <summary>Reads a transformer.</summary>
    /// <param name="document">The target's <c>InputTransformer</c>.</param>
    /// <param name="transformer">The transformer, if it is valid.</param>
    /// <param name="fault">Why PutTargets would reject it; a clause.</param>
    public static bool TryParse(JsonObject document, [NotNullWhen(true)] out InputTransformer? transformer, [NotNullWhen(false)] out Message? fault)
    {
        transformer = null;
        if (document.String("InputTemplate") is not { Length: > 0 } text)
            fault = InputMessages.NoTemplate();
        else if (text.Length > TargetInput.LongestTemplate)
            fault = InputMessages.TemplateTooLong(text.Length, TargetInput.LongestTemplate);
        else if (TryReadPaths(document["InputPathsMap"], out Dictionary<string, EventPath>? paths, out fault) && InputTemplate.TryParse(text, out InputTemplate? template, out fault))
        {
            if (template.Placeholders.FirstOrDefault(name => !paths.ContainsKey(name) && !Predefined.Contains(name)) is { } unknown)
                fault = InputMessages.UnknownPlaceholder(unknown, Predefined);
            else
                transformer = new InputTransformer(paths, template);
        }

        if (transformer is null)
            fault ??= InputMessages.InvalidTransformer();
        return transformer is not null;
    }

    /// <summary>Returns the input of the target.</summary>
    /// <param name="facts">The event and what else the template may ask for.</param>
    /// <param name="fault">Why EventBridge would not deliver it, as a clause; null when it would.</param>
    public string Transform(InputFacts facts, out Message? fault) => _template.Fill(
        name => name switch
        {
            "aws.events.rule-arn" => JsonFragment.String(facts.RuleArn),
            "aws.events.rule-name" => JsonFragment.String(facts.RuleName),
            "aws.events.event.ingestion-time" => JsonFragment.String(facts.IngestionTime),
            "aws.events.event" => WithoutDetail(facts.Event),
            "aws.events.event.json" => JsonFragment.Of(facts.Event),
            _ => _paths[name].Find(facts.Event),
        },
        out fault);

    // As AWS was seen to write it: without detail, and with detailType for detail-type (test_input_transformer_predefined_variables in LocalStack's snapshots).
    private static JsonFragment WithoutDetail(JsonElement @event) => new(
        JsonFragment.Write(json =>
        {
            json.WriteStartObject();
            foreach (JsonProperty field in @event.EnumerateObject().Where(field => field.Name != "detail"))
            {
                json.WritePropertyName(field.Name == "detail-type" ? "detailType" : field.Name);
                field.Value.WriteTo(json);
            }

            json.WriteEndObject();
        }),
        null);

    private static bool TryReadPaths(JsonNode? map, [NotNullWhen(true)] out Dictionary<string, EventPath>? paths, out Message? fault)
    {
        paths = new Dictionary<string, EventPath>(StringComparer.Ordinal);
        fault = map is null or JsonObject ? null : InputMessages.PathsNotAnObject();
        JsonObject entries = map as JsonObject ?? [];
        if (entries.Count > MostPaths)
            fault = InputMessages.TooManyPaths(entries.Count, MostPaths);
        foreach (KeyValuePair<string, JsonNode?> entry in fault is null ? entries : [])
        {
            fault = NameFault(entry.Key);
            if (fault is not null)
                break;
            if (entry.Value is not JsonValue value || !value.TryGetValue(out string? text))
                fault = InputMessages.VariableNotAString(entry.Key);
            else if (text.Length > LongestName)
                fault = InputMessages.VariablePathTooLong(entry.Key, text.Length, LongestName);
            else if (EventPath.TryParse(text, out EventPath? path, out Message? why))
                paths.Add(entry.Key, path);
            else
                fault = InputMessages.InvalidVariablePath(text, entry.Key, why);
            if (fault is not null)
                break;
        }

        if (fault is not null)
            paths = null;
        return paths is not null;
    }

    private static Message? NameFault(string name) => name switch
    {
        _ when Predefined.Contains(name) || name.StartsWith("AWS", StringComparison.OrdinalIgnoreCase) => InputMessages.ReservedVariable(name),
        { Length: > LongestName } => InputMessages.VariableNameTooLong(name.Length, LongestName),
        _ when !Name.IsMatch(name) => InputMessages.InvalidVariableName(name),
        _ => null,
    };
}
