using System.Text;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Patterns.Values;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Projects.Testing;

/// <summary>What a check of a project found.</summary>
[Record("Project findings", Suite = "Project", State = nameof(State), Quiet = nameof(FindingState.Passed), Layout = RecordLayout.WrappedTable, KnownBy = [nameof(Check), nameof(Item), nameof(State)])]
[Column("State", nameof(State), Width = 7)]
[Column("Check", nameof(Check), Width = 13, Only = FrontEnd.CommandLine)]
[Column("Place", nameof(Place), Room = 23, Width = 32, Flexible = true)]
[Column("Message", nameof(Message))]
public sealed partial record ProjectFinding : IReportable
{
    /// <summary>The name of the project, or that of its folder if its settings are not valid.</summary>
    public string? Project { get; init; }

    /// <summary>What was checked.</summary>
    public required ProjectCheck Check { get; init; }

    /// <summary>The state.</summary>
    public required FindingState State { get; init; }

    /// <summary>What it was checked of: a schema, a rule, a test, or a file.</summary>
    [Field(Key = true)]
    public required string Item { get; init; }

    /// <summary>The file, relative to the folder of the project; null for the project as a whole.</summary>
    public string? File { get; init; }

    /// <summary>The line, from 1; null without a file.</summary>
    public int? Line { get; init; }

    /// <summary>The column, from 1; null without a file.</summary>
    public int? Column { get; init; }

    /// <summary>The place in the file as a JSON pointer (RFC 6901); null for the file as a whole.</summary>
    public string? Pointer { get; init; }

    /// <summary>What was found, and what to do.</summary>
    public required string Message { get; init; }

    /// <summary>The file, the line and the column, as compilers write them; or else the item.</summary>
    [Field(Omitted = true)]
    public string Place => File is null ? Item : FormattableString.Invariant($"{File}:{Line}:{Column}");

    /// <summary>The finding for people: on one line, as compilers write them, or with the message on lines of its own.</summary>
    /// <param name="width">The width of a line in characters; null for one line.</param>
    public string ToText(int? width)
    {
        if (width is not { } columns || ToText().Length <= columns)
            return ToText();
        int end = Place.Length + 1;
        string line = ToText(), start = State == FindingState.Passed ? "" : line.Substring(0, end);
        return start.Length == 0 ? new StringBuilder().AppendWrapped("", "  ", line, columns).ToString().TrimEnd()
            : new StringBuilder().AppendLine(start).AppendWrapped("  ", "  ", line.Substring(end).TrimStart(), columns).ToString().TrimEnd();
    }

    /// <summary>The finding on one line, as compilers write them. Names of files and keys can come from anybody, so nothing in it steers a terminal.</summary>
    public string ToText() => InertText.OneLine(State == FindingState.Passed ? $"{Item}: {Message}"
        : $"{Place}: {(State == FindingState.Failed ? "error" : "warning")}: {Message}{(Pointer is null ? "" : $" [{Pointer}]")}");

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) => [ReportItem.Of(this, Check.ToString(), Item, File is null ? null : $"{Place} {Pointer}".TrimEnd(), Message)];

    /// <summary>The finding on one line.</summary>
    public override string ToString() => ToText();
}

/// <summary>The state of a finding.</summary>
public enum FindingState : long
{
    /// <summary>The check failed.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    Failed,

    /// <summary>The check passed, but something needs attention.</summary>
    [State(Tone.Warning, Verdict.PassedWithWarning)]
    Warning,

    /// <summary>The check passed.</summary>
    [State(Tone.Good)]
    Passed,
}

/// <summary>What is checked of a project.</summary>
public enum ProjectCheck : long
{
    /// <summary>The files can be read, and have what such files have.</summary>
    File,

    /// <summary>The settings refer to what exists.</summary>
    Settings,

    /// <summary>A schema is valid, and its events have a source.</summary>
    Schema,

    /// <summary>A published schema was not edited.</summary>
    Published,

    /// <summary>A version of a schema: which rules and consumers take it.</summary>
    Version,

    /// <summary>A new version of a schema is compatible with those before it.</summary>
    Compatibility,

    /// <summary>An example follows its schema, or does not if it is named so.</summary>
    Example,

    /// <summary>A pattern is valid, and can match events.</summary>
    Pattern,

    /// <summary>The targets of a rule are complete.</summary>
    Target,

    /// <summary>What a target receives can be made.</summary>
    Input,

    /// <summary>A test of a rule.</summary>
    RuleTest,

    /// <summary>Events do not go round in a circle.</summary>
    Loop,

    /// <summary>The quotas of AWS are kept.</summary>
    Limit,

    /// <summary>Another project receives what this one forwards, or the other way round.</summary>
    Pair,

    /// <summary>The resources of the project's own files have free names, and refer to what exists.</summary>
    Resource,

    /// <summary>The CloudFormation template can be made, and says what the project says.</summary>
    Template,
}
