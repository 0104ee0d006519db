using System.Xml;
using System.Xml.Linq;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Records;

namespace EventBridgeOps.Help.Views;

/// <summary>The files with the types and the views of the module, made of the descriptions of the records.</summary>
internal static class ViewFiles
{
    /// <summary>The records that PowerShell shows, by the names of their types.</summary>
    public static IReadOnlyList<RecordShape> Shapes { get; } =
        [.. EventsRecords.All.Concat(CoreRecords.All).Concat(PowerShellRecords.All).Concat(SandboxRecords.All).Where(shape => shape.Only != FrontEnd.CommandLine).OrderBy(shape => shape.Type.FullName, StringComparer.Ordinal)];

    /// <summary>The names of the type of a record: as it is, and as another process hands it over.</summary>
    public static IEnumerable<string> NamesOf(RecordShape shape) => [shape.Type.FullName!, $"Deserialized.{shape.Type.FullName}"];

    /// <summary>A file of the shell.</summary>
    /// <param name="comment">What it is.</param>
    /// <param name="root">Its content.</param>
    public static string Write(string comment, XElement root)
    {
        using Utf8Writer text = new() { NewLine = "\n" };
        using (XmlWriter xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.None }))
            new XDocument(new XComment($" {comment} It is generated from the descriptions of the records. "), root).Save(xml);
        return text + "\n";
    }

    private sealed class Utf8Writer() : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
    {
        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;
    }
}
