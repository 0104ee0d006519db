using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Inputs;

/// <summary>A target's <c>InputTransformer</c>, with the checks that PutTargets makes.</summary>
/// <remarks>Limits: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html.</remarks>
public sealed class InputTransformer
{
    /// <summary>The most characters of an <c>InputTemplate</c>.</summary>
    public const int LongestTemplate = 8192;

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
    /// <param name="transformer">The transformer, when it is one.</param>
    /// <param name="fault">Why PutTargets would not take it, when it would not.</param>
    public static bool TryParse(JsonObject document, [NotNullWhen(true)] out InputTransformer? transformer, [NotNullWhen(false)] out string? fault)
    {
        transformer = null;
        if (document.String("InputTemplate") is not { Length: > 0 } text)
            fault = "the InputTransformer has no InputTemplate";
        else if (text.Length > LongestTemplate)
            fault = $"the InputTemplate has {text.Length} characters, and at most {LongestTemplate} are taken";
        else if (TryReadPaths(document["InputPathsMap"], out Dictionary<string, EventPath>? paths, out fault) && InputTemplate.TryParse(text, out InputTemplate? template, out fault))
        {
            if (template.Placeholders.FirstOrDefault(name => !paths.ContainsKey(name) && !Predefined.Contains(name)) is { } unknown)
                fault = $"the InputTemplate contains invalid placeholder {unknown}: it is neither in InputPathsMap nor one of {string.Join(", ", Predefined)}";
            else
                transformer = new InputTransformer(paths, template);
        }

        if (transformer is null)
            fault ??= "the InputTransformer cannot be read";
        return transformer is not null;
    }

    /// <summary>What the target gets.</summary>
    /// <param name="facts">The event and what else the template may ask for.</param>
    /// <param name="fault">Why EventBridge would not deliver it; null when it would.</param>
    public string Transform(InputFacts facts, out string? fault) => _template.Fill(
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

    private static bool TryReadPaths(JsonNode? map, [NotNullWhen(true)] out Dictionary<string, EventPath>? paths, out string? fault)
    {
        paths = new Dictionary<string, EventPath>(StringComparer.Ordinal);
        fault = map is null or JsonObject ? null : "InputPathsMap is not an object";
        JsonObject entries = map as JsonObject ?? [];
        if (entries.Count > MostPaths)
            fault = $"InputPathsMap has {entries.Count} variables, and at most {MostPaths} are taken";
        foreach (KeyValuePair<string, JsonNode?> entry in fault is null ? entries : [])
        {
            fault = NameFault(entry.Key);
            if (fault is not null)
                break;
            if (entry.Value is not JsonValue value || !value.TryGetValue(out string? text))
                fault = $"the path of the variable {entry.Key} is no string";
            else if (text.Length > LongestName)
                fault = $"the path of the variable {entry.Key} has {text.Length} characters, and at most {LongestName} are taken";
            else if (EventPath.TryParse(text, out EventPath? path, out string? why))
                paths.Add(entry.Key, path);
            else
                fault = $"the path {text} of the variable {entry.Key} cannot be used: {why}";
            if (fault is not null)
                break;
        }

        if (fault is not null)
            paths = null;
        return paths is not null;
    }

    private static string? NameFault(string name) => name switch
    {
        _ when Predefined.Contains(name) || name.StartsWith("AWS", StringComparison.OrdinalIgnoreCase) => $"the variable {name} cannot be defined: names that start with AWS are reserved",
        { Length: > LongestName } => $"the name of a variable has {name.Length} characters, and at most {LongestName} are taken",
        _ when !Name.IsMatch(name) => $"'{name}' is no name of a variable: letters, digits, '_' and '-' are taken",
        _ => null,
    };
}
