using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Reading;

namespace EventBridgeOps.Events.Inputs;

/// <summary>What a target is sent for an event.</summary>
/// <param name="Kind">Which of the target's settings decides.</param>
/// <param name="Text">What is sent; null when nothing can be.</param>
/// <param name="Fault">Why EventBridge would not deliver it; null when it would.</param>
/// <param name="Remark">What a person should know of it besides.</param>
public sealed record TargetInput(InputKind Kind, string? Text, string? Fault = null, string? Remark = null)
{
    private const string InputTransformer = nameof(InputTransformer);
    private const string InputPath = nameof(InputPath);
    private const string Input = nameof(Input);

    /// <summary>The most characters of an <c>Input</c>.</summary>
    public const int LongestInput = 8192;

    /// <summary>The most characters of an <c>InputPath</c>.</summary>
    public const int LongestPath = 256;

    /// <summary>What EventBridge sends to a target.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html.</remarks>
    /// <param name="target">The target's document.</param>
    /// <param name="facts">The event and what belongs to it.</param>
    public static TargetInput Of(JsonObject target, InputFacts facts)
    {
        try
        {
            string[] given = [.. new[] { Input, InputPath, InputTransformer }.Where(field => target[field] is not null)];
            if (given.Length > 1)
                return new TargetInput(InputKind.Event, null, "only one of Input, InputPath and InputTransformer may be given");
            return given.FirstOrDefault() switch
            {
                Input => Constant(target[Input]!),
                InputPath => Part(target[InputPath]!, facts),
                InputTransformer => Transformed(target[InputTransformer]!, facts),
                _ => new TargetInput(InputKind.Event, JsonFragment.Of(facts.Event).Json),
            };
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or JsonException)
        {
            return new TargetInput(InputKind.Event, null, "the event has a key or a text that is not valid Unicode, or is nested too deeply");
        }
    }

    private static TargetInput Constant(JsonNode input)
    {
        if (Characters(input) is not { } text)
            return new TargetInput(InputKind.Input, null, Symbolic(Input));
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
        }
        catch (JsonException e)
        {
            return new TargetInput(InputKind.Input, text, $"its Input is not valid JSON: {EventDocument.Reason(e)}");
        }

        return new TargetInput(InputKind.Input, text, text.Length > LongestInput ? $"its Input has {text.Length} characters, and at most {LongestInput} are taken" : null);
    }

    private static TargetInput Part(JsonNode input, InputFacts facts)
    {
        if (Characters(input) is not { } text)
            return new TargetInput(InputKind.InputPath, null, Symbolic(InputPath));
        if (text.Length > LongestPath)
            return new TargetInput(InputKind.InputPath, null, $"its InputPath has {text.Length} characters, and at most {LongestPath} are taken");
        if (!EventPath.TryParse(text, out EventPath? path, out string? fault))
            return new TargetInput(InputKind.InputPath, null, $"its InputPath {text} cannot be used: {fault}");
        return path.Find(facts.Event) is { } found
            ? new TargetInput(InputKind.InputPath, found.Json)
            : new TargetInput(InputKind.InputPath, null, Remark: $"the event has nothing at {text}; what EventBridge sends then is not documented");
    }

    private static TargetInput Transformed(JsonNode transformer, InputFacts facts)
    {
        if (transformer is not JsonObject document)
            return new TargetInput(InputKind.InputTransformer, null, Symbolic(InputTransformer));
        if (!Inputs.InputTransformer.TryParse(document, out InputTransformer? parsed, out string? fault))
            return new TargetInput(InputKind.InputTransformer, null, fault);
        string text = parsed.Transform(facts, out fault);
        return new TargetInput(InputKind.InputTransformer, text, fault);
    }

    private static string? Characters(JsonNode node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static string Symbolic(string field) => $"its {field} is not a text here, so what is sent cannot be told";
}

/// <summary>What a template may ask for.</summary>
/// <param name="Event">The event.</param>
/// <param name="RuleName">The rule's name.</param>
/// <param name="RuleArn">The rule's ARN.</param>
/// <param name="IngestionTime">When EventBridge received the event, in ISO 8601.</param>
public sealed record InputFacts(JsonElement Event, string RuleName, string RuleArn, string IngestionTime);

/// <summary>Which of a target's settings decides what it is sent.</summary>
public enum InputKind
{
    /// <summary>None: the whole event.</summary>
    Event,

    /// <summary><c>Input</c>: always the same text.</summary>
    Input,

    /// <summary><c>InputPath</c>: a part of the event.</summary>
    InputPath,

    /// <summary><c>InputTransformer</c>: a text made of parts of the event.</summary>
    InputTransformer,
}
