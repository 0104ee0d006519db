using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace EventBridgeOps.Aws.Wire;

/// <summary>Answers in XML.</summary>
/// <remarks>XML has no types: what is neither a list nor a structure is a text, and an empty list is an empty text.</remarks>
internal static class XmlText
{
    /// <summary>Whether a body can be the answer of a service. Pages of HTML begin with its name or a document type, which answers of AWS do not have.</summary>
    public static bool IsXml(byte[] body) => WireProtocol.First(body) is null or '<' && Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 200)).TrimStart('\uFEFF', ' ', '\t', '\r', '\n') is var start
        && !start.StartsWith("<html", StringComparison.OrdinalIgnoreCase) && !start.StartsWith("<!", StringComparison.Ordinal);

    /// <summary>The root of a document; null if it is not XML.</summary>
    public static XElement? Parse(byte[] body)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The error of an answer; empty if it is not XML.</summary>
    public static ServiceError Error(byte[] body, string? errorHeader)
    {
        XElement? root = Parse(body);
        return new ServiceError(ServiceError.ShortCode(errorHeader) ?? Find("Code"), Find("Message"), Find("RequestId") ?? Find("RequestID"));

        string? Find(string name) => root?.DescendantsAndSelf().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
    }

    /// <summary>The children of an element. Several of one name are a list.</summary>
    public static JsonObject Structure(XElement element)
    {
        JsonObject document = new();
        foreach (IGrouping<string, XElement> field in element.Elements().GroupBy(field => field.Name.LocalName, StringComparer.Ordinal))
            document[field.Key] = field.Count() == 1 ? Node(field.First()) : new JsonArray([.. field.Select(Node)]);
        return document;
    }

    private static JsonNode Node(XElement element) => element.Elements().FirstOrDefault()?.Name.LocalName switch
    {
        null => element.Value,
        "member" => new JsonArray([.. element.Elements().Select(Node)]),
        _ => Structure(element),
    };
}

/// <summary>restXml, as far as Amazon S3 is used: bytes out, XML in. A list is several elements of one name, so one item looks like a structure.</summary>
/// <remarks>https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html.</remarks>
internal sealed class RestXmlProtocol : WireProtocol
{
    public override string ContentType => "application/octet-stream";

    public override bool IsOwn(byte[] body) => XmlText.IsXml(body);

    // Most operations have nothing to say, and then the body is empty.
    public override JsonObject Read(ServiceOperation operation, byte[] body) =>
        First(body) is null ? [] : XmlText.Structure(XmlText.Parse(body) ?? throw new System.Text.Json.JsonException(WireMessages.NoResult(operation.Name).ToString()));

    public override ServiceError ReadError(byte[] body, string? errorHeader) => XmlText.Error(body, errorHeader);
}
