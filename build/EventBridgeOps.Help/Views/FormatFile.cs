using System.Xml.Linq;
using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Help.Views;

/// <summary>The views: https://learn.microsoft.com/powershell/scripting/developer/format/format-schema-xml-reference.</summary>
internal static class FormatFile
{
    /// <summary>Its path, relative to the root of the repository.</summary>
    public const string File = "module/EventBridgeOps.Format.ps1xml";

    /// <summary>Creates its text.</summary>
    public static string Make() => ViewFiles.Write(
        "Views for 80 columns: long names are shortened in the middle, less so in wider windows. Red: fails. Yellow: needs attention. Green: healthy. Cyan: in progress. Grey: nothing to do. Deserialized objects are shown in the same way.",
        new XElement(
            "Configuration",
            new XElement("SelectionSets", ViewFiles.Shapes.Select(shape => new XElement(
                "SelectionSet",
                new XElement("Name", shape.Type.FullName),
                new XElement("Types", ViewFiles.NamesOf(shape).Select(name => new XElement("TypeName", name)))))),
            new XElement("ViewDefinitions", ViewFiles.Shapes.Select(View))));

    private static XElement View(RecordShape shape) => new(
        "View",
        new XElement("Name", shape.View),
        new XElement("ViewSelectedBy", new XElement("SelectionSetName", shape.Type.FullName)),
        shape.Group is { } group ? new XElement("GroupBy", Value(group, 0, shape.Type), new XElement("Label", group.Heading)) : null,
        shape.Layout switch
        {
            RecordLayout.Text => Custom(ColumnScript.Text(shape)),
            RecordLayout.TitledText => Custom(ColumnScript.TitledText(shape)),
            RecordLayout.Tree => Custom(ColumnScript.Tree(shape)),
            RecordLayout.Lines => Lines(Columns(shape), shape.Type),
            _ => Table(Columns(shape), shape.Type, shape.Layout is RecordLayout.WrappedTable),
        });

    // A view is for 80 columns.
    private static RecordColumn[] Columns(RecordShape shape) => [.. shape.Columns.Where(column => column.Only != FrontEnd.CommandLine && column.Window <= 80)];

    private static XElement Lines(IReadOnlyList<RecordColumn> columns, Type record) => new(
        "ListControl",
        new XElement("ListEntries", new XElement("ListEntry", new XElement("ListItems", columns.Select(column => new XElement(
            "ListItem",
            new XElement("Label", column.Label),
            Value(column, 0, record)))))));

    private static XElement Table(IReadOnlyList<RecordColumn> columns, Type record, bool isWrapped)
    {
        int flexible = columns.Count(column => column.Room > 0);
        return new XElement(
            "TableControl",
            new XElement("TableHeaders", columns.Select(column => new XElement(
                "TableColumnHeader",
                new XElement("Label", column.Label),
                column.Width > 0 ? new XElement("Width", column.Width) : null,
                column.Right ? new XElement("Alignment", "Right") : null))),
            new XElement("TableRowEntries", new XElement("TableRowEntry", isWrapped ? new XElement("Wrap") : null, new XElement("TableColumnItems", columns.Select(column => new XElement("TableColumnItem", Value(column, flexible, record)))))));
    }

    private static XElement Value(RecordColumn column, int flexible, Type record) => ColumnScript.Of(column, flexible, record) is { } script ? Script(script) : new XElement("PropertyName", column.Properties[0]);

    private static XElement Custom(string script) =>
        new("CustomControl", new XElement("CustomEntries", new XElement("CustomEntry", new XElement("CustomItem", new XElement("ExpressionBinding", Script(script))))));

    private static XElement Script(string script) => new("ScriptBlock", $"\n{script}\n");
}
