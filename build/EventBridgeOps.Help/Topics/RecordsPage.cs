using System.Text;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Help.Views;
using EventBridgeOps.Records;

namespace EventBridgeOps.Help.Topics;

/// <summary>The page of the records: the properties of each result, with their units and states.</summary>
internal static class RecordsPage
{
    /// <summary>The path of the page, relative to the root of the repository.</summary>
    public const string File = "docs/records.md";

    public static string Make()
    {
        StringBuilder text = new("# Records\n\nThe objects that cmdlets return, and the objects in the output of `ebops` (`--output json`, `jsonl` and `csv`). This page is generated from the records: run `./build.ps1 -Task Help`.\n");
        foreach (RecordShape shape in ViewFiles.Shapes.Concat(CoreRecords.All.Concat(SandboxRecords.All).Where(shape => shape.Only == FrontEnd.CommandLine)).OrderBy(shape => shape.Type.Name, StringComparer.Ordinal))
        {
            text.Append($"\n## {shape.Type.Name}\n\n{shape.Help}\n\n| property | type | |\n| --- | --- | --- |\n");
            foreach (RecordField field in shape.Fields)
                text.Append($"| `{field.Name}` | {Type(field)} | {Cell(field.Help)} |\n");
            foreach (RecordField field in shape.Fields.Where(field => field.States.Any(state => state.Help.Length > 0)))
            {
                text.Append($"\n| `{field.Name}` | |\n| --- | --- |\n");
                foreach (RecordState state in field.States)
                    text.Append($"| `{state.Name}` | {Cell(state.Help)} |\n");
            }
        }

        return text.ToString();
    }

    private static string Type(RecordField field) => field.Kind switch
    {
        FieldKind.Document => "JSON text",
        FieldKind.Number when field.Unit is { } unit => $"number, in {unit}",
        FieldKind.Flag => "true or false",
        FieldKind.Time => "time, in UTC",
        FieldKind.State when field.States.All(state => state.Help.Length == 0) => string.Join(", ", field.States.Select(state => $"`{state.Name}`")),
        FieldKind.List when field.Element is { Help.Length: 0 } element => $"list of objects with {string.Join(", ", element.Fields.Select(one => $"`{one.Name}`"))}",
        FieldKind.List when field.Element is { } element => $"list of `{element.Type.Name}`",
        FieldKind kind => kind.ToString().ToLowerInvariant(),
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
