using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Aws.Wire;

/// <summary>How a document becomes an HTTP request, and an answer a document.</summary>
/// <remarks>Protocols: https://smithy.io/2.0/aws/protocols/index.html.</remarks>
internal abstract class WireProtocol
{
    public abstract string ContentType { get; }

    /// <summary>The value of <c>X-Amz-Target</c>; null when the path names the operation.</summary>
    public virtual string? Target(ServiceOperation operation) => null;

    public virtual byte[] Write(ServiceOperation operation, JsonObject body) => Document.WriteUtf8(body);

    /// <summary>Whether a body can be of this protocol at all; one that is cut off can.</summary>
    public virtual bool IsOwn(byte[] body) => First(body) is null or '{';

    /// <summary>The document of a successful answer.</summary>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public virtual JsonObject Read(ServiceOperation operation, byte[] body) => ReadObject(body);

    /// <summary>The error in a response; empty if it cannot be parsed, as for the HTML page of a proxy.</summary>
    public virtual ServiceError ReadError(byte[] body, string? errorHeader)
    {
        JsonObject document;
        try
        {
            document = ReadObject(body);
        }
        catch (JsonException)
        {
            document = [];
        }

        return new ServiceError(
            ServiceError.ShortCode(errorHeader ?? Text(document, "__type", "code", "Code")),
            Text(document, "message", "Message", "errorMessage"),
            RequestId: null);
    }

    // Some operations have nothing to say, and then the body is empty.
    private static JsonObject ReadObject(byte[] body) =>
        First(body) is null ? [] : Document.Parse(body);

    /// <summary>The first character that is not white space or the mark of UTF-8; null if there is none.</summary>
    internal static char? First(byte[] body)
    {
        byte first = Array.Find(body, letter => letter is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF));
        return first == 0 ? null : (char)first;
    }

    private static string? Text(JsonObject document, params string[] names)
    {
        foreach (string name in names)
        {
            if (document[name] is JsonValue value && value.TryGetValue(out string? text))
                return text;
        }

        return null;
    }
}

/// <summary>The error in a response.</summary>
internal sealed record ServiceError(string? Code, string? Message, string? RequestId)
{
    /// <summary><c>com.amazonaws.events#ValidationException:http://...</c> is a <c>ValidationException</c>.</summary>
    public static string? ShortCode(string? code)
    {
        if (code is null)
            return null;
        code = code.Substring(code.IndexOf('#') + 1);
        int colon = code.IndexOf(':');
        return (colon < 0 ? code : code.Substring(0, colon)).Trim();
    }
}

/// <summary>awsJson 1.1, and 1.0 by its content type: everything is a POST to <c>/</c>, the operation is in a header.</summary>
internal sealed class AwsJsonProtocol(string targetPrefix, string contentType = "application/x-amz-json-1.1") : WireProtocol
{
    public override string ContentType => contentType;

    public override string Target(ServiceOperation operation) => targetPrefix + "." + operation.Name;
}

/// <summary>restJson1, as far as Batch uses it: a POST to a path of the operation's own.</summary>
internal sealed class RestJsonProtocol : WireProtocol
{
    public override string ContentType => "application/json";
}

/// <summary>awsQuery: a form out, XML in. A list is <c>member</c> elements, as a form and as XML.</summary>
/// <remarks>https://smithy.io/2.0/aws/protocols/aws-query-protocol.html. XML has no types: what is neither a list nor a structure is a text, and an empty list is an empty text.</remarks>
internal sealed class QueryProtocol : WireProtocol
{
    public override string ContentType => "application/x-www-form-urlencoded; charset=utf-8";

    public override byte[] Write(ServiceOperation operation, JsonObject body)
    {
        StringBuilder form = new($"Action={operation.Name}&Version={operation.Service.ApiVersion}");
        foreach (KeyValuePair<string, JsonNode?> field in body)
            Write(form, field.Key, field.Value);
        return Encoding.UTF8.GetBytes(form.ToString());
    }

    public override bool IsOwn(byte[] body) => XmlText.IsXml(body);

    public override JsonObject Read(ServiceOperation operation, byte[] body)
    {
        XElement result = XmlText.Parse(body)?.Elements().FirstOrDefault(element => element.Name.LocalName == operation.Name + "Result")
            ?? (operation.HasResult ? throw new JsonException(WireMessages.NoResult(operation.Name).ToString()) : new XElement(operation.Name + "Result"));
        return XmlText.Structure(result);
    }

    public override ServiceError ReadError(byte[] body, string? errorHeader) => XmlText.Error(body, errorHeader);

    private static void Write(StringBuilder form, string name, JsonNode? value)
    {
        switch (value)
        {
            case JsonArray list:
                for (int i = 0; i < list.Count; i++)
                    Write(form, $"{name}.member.{i + 1}", list[i]);
                break;
            case JsonObject structure:
                foreach (KeyValuePair<string, JsonNode?> field in structure)
                    Write(form, $"{name}.{field.Key}", field.Value);
                break;
            default:
                form.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(EscapeText(value?.ToString() ?? ""));
                break;
        }
    }

    // Uri.EscapeDataString of .NET Framework takes at most 65,519 characters: https://learn.microsoft.com/dotnet/api/system.uri.escapedatastring.
    private static string EscapeText(string text)
    {
        const int Most = 32_000;
        if (text.Length <= Most)
            return Uri.EscapeDataString(text);
        StringBuilder escaped = new();
        for (int start = 0; start < text.Length;)
        {
            int count = Math.Min(Most, text.Length - start);
            if (start + count < text.Length && char.IsHighSurrogate(text[start + count - 1]))
                count--;
            escaped.Append(Uri.EscapeDataString(text.Substring(start, count)));
            start += count;
        }

        return escaped.ToString();
    }
}
