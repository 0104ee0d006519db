using System.Reflection;
using System.Text.RegularExpressions;
using EventBridgeOps.Automation;
using EventBridgeOps.Lambda.Handling;
using EventBridgeOps.Lambda.Logging;
using EventBridgeOps.Lambda.Tests.Support;

namespace EventBridgeOps.Lambda.Tests;

/// <summary>docs/automation.md names all that there is, and nothing else.</summary>
public sealed partial class PageTests
{
    [Fact]
    public void It_names_each_handler() => Assert.Equal(WorkKind.All.Order(), Column("Handlers", "handler").Order());

    [Fact]
    public void It_names_each_field_with_its_variable() =>
        Assert.Equal(
            SettingFields.All.Select(field => $"{field.Key} {field.Value}"),
            Rows("Configuration", "field").Select(row => $"{Plain(row[0])} {Plain(row[1])}"));

    [Fact]
    public void It_names_the_other_variables() => Assert.Equal(["EBOPS_TABLE", "EBOPS_SETTINGS", "EBOPS_JOURNAL", "_HANDLER"], Column("Configuration", "variable"));

    [Fact]
    public void It_names_each_log_event() =>
        Assert.Equal(typeof(LogEvents).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!), Column("Log", "`event`"));

    [Fact]
    public void It_names_each_metric() => Assert.Equal(Metrics.All, Column("Metrics", "metric"));

    [Fact]
    public void It_names_each_task_and_status()
    {
        List<string[]> fields = Rows("Results", "field");
        Assert.Equal(Enum.GetNames<AutomationTask>().Where(name => name != nameof(AutomationTask.None)).Order(), Words(fields.Single(row => Plain(row[0]) == "task")[1]).Order());
        Assert.Equal(Enum.GetNames<AutomationStatus>().Order(), Words(fields.Single(row => Plain(row[0]) == "status")[1]).Order());
    }

    /// <summary>The actions that the page grants a handler.</summary>
    internal static HashSet<string> Actions(string handler) => [.. Own(handler), .. Own("every handler")];

    /// <summary>The actions in the row of a handler.</summary>
    internal static HashSet<string> Own(string handler) =>
        [.. Rows("Permissions", "handler").Where(row => Plain(row[0]) == handler).SelectMany(row => Words(row[1])).Where(word => word.Contains(':', StringComparison.Ordinal))];

    private static IEnumerable<string> Column(string section, string head) => Rows(section, head).Select(row => Plain(row[0]));

    private static string Plain(string cell) => cell.Trim('`');

    private static IEnumerable<string> Words(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    /// <summary>The rows of the table in a section whose first column has the head.</summary>
    private static List<string[]> Rows(string section, string head)
    {
        string[] lines = [.. File.ReadAllLines(Repository.Path("docs", "automation.md")).SkipWhile(line => line != "## " + section).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))];
        return [.. lines.SkipWhile(line => !line.StartsWith($"| {head} |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|').Skip(1).Select(cell => cell.Trim()).ToArray())];
    }

    [GeneratedRegex("`([^`]+)`", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
