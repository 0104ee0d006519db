using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;

namespace EventBridgeOps.Events.Inputs;

/// <summary>The input that a target receives for an event.</summary>
/// <param name="Kind">Which setting of the target determines it.</param>
/// <param name="Text">The input; null when it is unknown or nothing can be sent.</param>
/// <param name="Fault">Why EventBridge would not deliver it, as a clause; null when it would.</param>
/// <param name="Remark">Other information about it, as a clause; null when there is none.</param>
public sealed record TargetInput(InputKind Kind, string? Text, Message? Fault = null, Message? Remark = null)
{
    private const string InputTransformer = nameof(InputTransformer);
    private const string InputPath = nameof(InputPath);
    private const string Input = nameof(Input);

    /// <summary>The most characters of an <c>Input</c>.</summary>
    public const int LongestInput = 8192;

    /// <summary>The most characters of an <c>InputPath</c>.</summary>
    public const int LongestPath = 256;

    /// <summary>The most characters of the <c>InputTemplate</c> of an <c>InputTransformer</c>.</summary>
    public const int LongestTemplate = 8192;

    /// <summary>Returns what EventBridge sends to a target.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html.</remarks>
    /// <param name="target">The target's document.</param>
    /// <param name="facts">The event and what belongs to it.</param>
    public static TargetInput Of(JsonObject target, InputFacts facts)
    {
        try
        {
            string[] given = [.. new[] { Input, InputPath, InputTransformer }.Where(field => target[field] is not null)];
            if (given.Length > 1)
                return new TargetInput(InputKind.Event, null, InputMessages.SeveralInputs());
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
            return new TargetInput(InputKind.Event, null, InputMessages.EventNotReadable());
        }
    }

    private static TargetInput Constant(JsonNode input)
    {
        if (Document.Text(input) is not { } text)
            return new TargetInput(InputKind.Input, null, InputMessages.NotAString(Input));
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
        }
        catch (JsonException e)
        {
            return new TargetInput(InputKind.Input, text, InputMessages.InputNotJson(EventDocument.Reason(e)));
        }

        return new TargetInput(InputKind.Input, text, text.Length > LongestInput ? InputMessages.InputTooLong(Input, text.Length, LongestInput) : null);
    }

    private static TargetInput Part(JsonNode input, InputFacts facts)
    {
        if (Document.Text(input) is not { } text)
            return new TargetInput(InputKind.InputPath, null, InputMessages.NotAString(InputPath));
        if (text.Length > LongestPath)
            return new TargetInput(InputKind.InputPath, null, InputMessages.InputTooLong(InputPath, text.Length, LongestPath));
        if (!EventPath.TryParse(text, out EventPath? path, out Message? fault))
            return new TargetInput(InputKind.InputPath, null, InputMessages.InvalidInputPath(text, fault));
        return path.Find(facts.Event) is { } found
            ? new TargetInput(InputKind.InputPath, found.Json)
            : new TargetInput(InputKind.InputPath, null, Remark: InputMessages.NothingAtPath(text));
    }

    private static TargetInput Transformed(JsonNode transformer, InputFacts facts)
    {
        if (transformer is not JsonObject document)
            return new TargetInput(InputKind.InputTransformer, null, InputMessages.NotAString(InputTransformer));
        if (!Inputs.InputTransformer.TryParse(document, out InputTransformer? parsed, out Message? fault))
            return new TargetInput(InputKind.InputTransformer, null, fault);
        string text = parsed.Transform(facts, out fault);
        return new TargetInput(InputKind.InputTransformer, text, fault);
    }
}

/// <summary>The values available to an input template.</summary>
/// <param name="Event">The event.</param>
/// <param name="RuleName">The rule's name.</param>
/// <param name="RuleArn">The rule's ARN.</param>
/// <param name="IngestionTime">When EventBridge received the event, in ISO 8601.</param>
public sealed record InputFacts(JsonElement Event, string RuleName, string RuleArn, string IngestionTime);

/// <summary>Which setting of a target determines its input.</summary>
public enum InputKind : long
{
    /// <summary>No setting: the target receives the whole event.</summary>
    Event,

    /// <summary><c>Input</c>: a constant text.</summary>
    Input,

    /// <summary><c>InputPath</c>: a part of the event.</summary>
    InputPath,

    /// <summary><c>InputTransformer</c>: a text built from parts of the event.</summary>
    InputTransformer,
}
