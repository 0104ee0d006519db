using System.Reflection;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Tests;

public class ErrorIdsTests
{
    private static readonly string[] Ids = [.. typeof(ErrorIds).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    [Fact]
    public void The_table_of_errors_has_a_row_for_each_id_with_its_category()
    {
        string[][] rows = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "errors.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];

        Assert.Equal(Ids.Order(), rows.Select(row => row[0].Trim('`')).Order());
        Assert.All(rows, row => Assert.Equal((4, ErrorIds.Category(row[0].Trim('`'))), (row.Length, row[1])));
        Assert.All(rows.SelectMany(row => row), cell => Assert.NotEqual("", cell));
    }

    [Fact]
    public void Only_the_unexpected_has_no_category() =>
        Assert.Equal([ErrorIds.Unexpected], Ids.Where(id => ErrorIds.Category(id) == "NotSpecified"));
}
