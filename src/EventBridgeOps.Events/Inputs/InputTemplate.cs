using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;

namespace EventBridgeOps.Events.Inputs;

/// <summary>The text of an <c>InputTemplate</c>, cut at its placeholders.</summary>
/// <remarks>
/// A template is either JSON in which a placeholder may stand for a value, or one or more quoted strings. Inside a string a placeholder gives
/// way to the plain characters of its value, without any escaping; in the place of a value it gives way to JSON. A string template takes objects and
/// arrays as their JSON without the quotation marks; JSON takes them as they are, so that inside a string there they break it.
/// Sources: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html,
/// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html, and the answers recorded from AWS in
/// https://github.com/localstack/localstack/blob/main/tests/aws/services/events/test_events_inputs.snapshot.json. White space stays as the template has it.
/// </remarks>
internal sealed class InputTemplate
{
    private readonly List<Part> _parts = [];
    private readonly bool _isJson;

    private InputTemplate(bool isJson) => _isJson = isJson;

    /// <summary>The names between angle brackets.</summary>
    public IEnumerable<string> Placeholders => _parts.Select(part => part.Name).OfType<string>();

    /// <summary>Reads a template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="template">The template, if it is valid.</param>
    /// <param name="fault">Why it is not valid; a clause.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out InputTemplate? template, [NotNullWhen(false)] out Message? fault)
    {
        template = new InputTemplate(isJson: !text.TrimStart().StartsWith("\"", StringComparison.Ordinal));
        fault = template.Cut(text);
        if (fault is not null)
            template = null;
        return template is not null;
    }

    /// <summary>The template with its placeholders filled in.</summary>
    /// <param name="value">The value of a name; null when the event has none, which leaves an empty string.</param>
    /// <param name="fault">Why EventBridge would not deliver the result; null when it would.</param>
    public string Fill(Func<string, JsonFragment?> value, out Message? fault)
    {
        StringBuilder text = new();
        foreach (Part part in _parts)
            text.Append(part.Name is { } name ? Show(value(name), part.InString) : part.Text);
        string filled = text.ToString();
        fault = _isJson ? JsonFault(filled) : null;
        return filled;
    }

    private string Show(JsonFragment? value, bool inString) => (value, inString) switch
    {
        (null, _) => inString ? "" : "\"\"",
        (_, false) => value.Json,
        _ => value.Text ?? (_isJson ? value.Json : value.Json.Replace("\"", "")),
    };

    private Message? Cut(string text)
    {
        int start = 0;
        bool inString = false;
        bool nameInString = false;
        for (int at = 0; at < text.Length; at++)
        {
            char c = text[at];
            if (c == '<' && text.IndexOf('>', at) is > 0 and var end)
            {
                _parts.Add(new Part(text.Substring(start, at - start), null, false));
                _parts.Add(new Part(null, text.Substring(at + 1, end - at - 1), inString));
                nameInString |= inString;
                (at, start) = (end, end + 1);
                if (!inString && IsKey(text, start))
                    return InputMessages.PlaceholderAsKey();
            }
            else if (inString && c == '\\')
            {
                at++;
            }
            else if (c == '"')
            {
                if (inString && nameInString && IsKey(text, at + 1))
                    return InputMessages.PlaceholderAsKey();
                inString = !inString;
                nameInString = false;
            }
        }

        _parts.Add(new Part(text.Substring(start), null, false));
        return inString ? InputMessages.StringNotClosed() : null;
    }

    private bool IsKey(string text, int after)
    {
        while (after < text.Length && char.IsWhiteSpace(text[after]))
            after++;
        return _isJson && after < text.Length && text[after] == ':';
    }

    private static Message? JsonFault(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
            return null;
        }
        catch (JsonException e)
        {
            return InputMessages.OutputNotJson(EventDocument.Reason(e));
        }
        catch (ArgumentException)
        {
            return InputMessages.OutputHalfSurrogate();
        }
    }

    /// <summary>Text as it stands, or a placeholder.</summary>
    private sealed record Part(string? Text, string? Name, bool InString);
}
