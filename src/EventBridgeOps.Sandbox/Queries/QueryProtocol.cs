using System.Security;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Queries;

/// <summary>awsQuery: answers and errors in XML, in the namespace of the service.</summary>
/// <remarks>https://smithy.io/2.0/aws/protocols/aws-query-protocol.html</remarks>
internal sealed class QueryProtocol(QueryApi api) : Protocol
{
    private const string ContentType = "text/xml";

    public override HttpResponse Succeed(string operation, RawDocument output, string requestId)
    {
        string result = api.Silent.Contains(operation) ? "" : $"<{operation}Result>{Structure(output, operation)}</{operation}Result>";
        return Xml(200, $"<{operation}Response{NamespaceAttribute}>{result}<ResponseMetadata><RequestId>{requestId}</RequestId></ResponseMetadata></{operation}Response>", requestId);
    }

    public override HttpResponse Fail(AwsError error, string requestId)
    {
        string type = error.Status < 500 ? "Sender" : "Receiver";
        string code = error.QueryCode ?? error.Code;
        string xml = $"<ErrorResponse{NamespaceAttribute}><Error><Type>{type}</Type><Code>{Escaped(code)}</Code>"
            + $"<Message>{Escaped(error.Message)}</Message></Error><RequestId>{requestId}</RequestId></ErrorResponse>";
        return Xml(error.Status, xml, requestId) with { ErrorCode = code };
    }

    public override AwsError TooFast() => new(400, "Throttling", "Rate exceeded");

    private string NamespaceAttribute => api.Namespace.Length == 0 ? "" : $" xmlns=\"{api.Namespace}\"";

    private static HttpResponse Xml(int status, string xml, string requestId) =>
        new(status, ContentType, Encoding.UTF8.GetBytes(xml)) { Headers = [RequestIdHeader(requestId)] };

    private string Structure(RawDocument document, string operation) => string.Concat(document.Members.Select(member => Member(member.Key, member.Value, operation)));

    private string Member(string name, JsonElement value, string operation)
    {
        QueryMember? shape = api.Named(name, operation);
        return value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => "",
            JsonValueKind.Array => Repeated(
                shape, name, "member", value.EnumerateArray().Select(item => Content(item, operation)), operation),
            JsonValueKind.Object when shape is { IsMap: true } => Repeated(
                shape, name, "entry", value.EnumerateObject().Select(entry => Entry(shape, entry, operation)), operation),
            _ => Element(name, Content(value, operation)),
        };
    }

    private static string Repeated(QueryMember? shape, string name, string element, IEnumerable<string> contents, string operation) => shape?.Flattened is null
        ? Element(name, string.Concat(contents.Select(content => Element(element, content))))
        : string.Concat(contents.Select(content => Element(shape.WireName(operation), content)));

    private string Entry(QueryMember shape, JsonProperty entry, string operation) =>
        Element(shape.Key, Escaped(entry.Name)) + Element(shape.Value, Content(entry.Value, operation));

    private string Content(JsonElement value, string operation) => value.ValueKind switch
    {
        JsonValueKind.Object => Structure(RawDocument.From(value), operation),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => Escaped(value.ToString()),
    };

    private static string Element(string name, string content) => content.Length == 0 ? $"<{name}/>" : $"<{name}>{content}</{name}>";

    /// <summary>Text in XML. A carriage return is written by its number, because a reader of XML would make a line feed of it.</summary>
    private static string Escaped(string text) => (SecurityElement.Escape(text) ?? "").Replace("\r", "&#xD;");
}
