using System.Globalization;
using System.Security;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>Reads and writes the XML of S3.</summary>
internal static class S3Xml
{
    public const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    public static string Element(string name, string? text) => text is null ? "" : $"<{name}>{Escaped(text)}</{name}>";

    public static string Element(string name, long number) => Element(name, number.ToString(CultureInfo.InvariantCulture));

    public static string Element(string name, bool flag) => Element(name, flag ? "true" : "false");

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads the body of a request.</summary>
    /// <exception cref="AwsError">It is not XML with that root.</exception>
    public static XElement Read(RawDocument input, string root)
    {
        try
        {
            using StringReader text = new(Encoding.UTF8.GetString(Convert.FromBase64String(input.Text("Body") ?? "")));
            using XmlReader reader = XmlReader.Create(text, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            XElement read = XDocument.Load(reader).Root!;
            return read.Name.LocalName == root ? read : throw S3Errors.Malformed();
        }
        catch (XmlException)
        {
            throw S3Errors.Malformed();
        }
    }

    public static IEnumerable<XElement> All(this XElement parent, string name) => parent.Elements().Where(element => element.Name.LocalName == name);

    public static string? One(this XElement parent, string name) => parent.All(name).FirstOrDefault()?.Value;

    private static string Escaped(string text) => SecurityElement.Escape(text).Replace("\r", "&#13;");
}
