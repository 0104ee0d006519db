using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Reports;

/// <summary>A report for programs: a row for each item.</summary>
internal static class TableReport
{
    private static readonly (string Name, Func<ReportItem, string?> Value)[] Columns =
    [
        ("Suite", item => item.Suite),
        ("Group", item => item.Group),
        ("Name", item => item.Name),
        ("State", item => item.State),
        ("Outcome", item => item.Outcome.ToString()),
        ("Detail", item => item.Detail),
        ("Message", item => item.Message),
    ];

    public static string WriteJson(Report report) =>
        Document.WriteIndented(new JsonArray([.. report.Items.Select(item => new JsonObject(Columns.Select(column => new KeyValuePair<string, JsonNode?>(column.Name, column.Value(item)))))])) + "\n";

    public static string WriteCsv(Report report)
    {
        StringBuilder text = new();
        text.Append(CsvText.Line(Columns.Select(column => column.Name)));
        foreach (ReportItem item in report.Items)
            text.Append(CsvText.SafeLine(Columns.Select(column => column.Value(item) ?? "")));
        return text.ToString();
    }
}
