namespace EventBridgeOps.Events.Records;

/// <summary>How a record is shown.</summary>
public enum RecordLayout
{
    /// <summary>A row of a table.</summary>
    Table,

    /// <summary>A row of a table, of which long texts go on in further lines.</summary>
    WrappedTable,

    /// <summary>Its own text: <c>ToText(width)</c>, with the property <c>Text</c> where the method is not available.</summary>
    Text,

    /// <summary>Its own text in colour, <c>ToText(width, color)</c>, below its property <c>Title</c>.</summary>
    TitledText,

    /// <summary>A line of a tree.</summary>
    Tree,

    /// <summary>Lines, each with a name and a value: a command returns only one such record.</summary>
    Lines,
}

/// <summary>Front ends that show a thing.</summary>
public enum FrontEnd
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>PowerShell.</summary>
    Shell,

    /// <summary>The command line.</summary>
    CommandLine,
}

/// <summary>What the color of a text says, where there are colors.</summary>
public enum Tone
{
    /// <summary>Nothing.</summary>
    Plain,

    /// <summary>Healthy.</summary>
    Good,

    /// <summary>Needs attention.</summary>
    Warning,

    /// <summary>Fails.</summary>
    Bad,

    /// <summary>Nothing to do.</summary>
    Faint,

    /// <summary>Will be done, or is being done.</summary>
    Planned,

    /// <summary>A heading.</summary>
    Strong,
}

/// <summary>What a report makes of a state.</summary>
public enum Verdict
{
    /// <summary>It passed.</summary>
    Passed,

    /// <summary>It passed, with a warning.</summary>
    PassedWithWarning,

    /// <summary>It was not checked or not done.</summary>
    Skipped,

    /// <summary>It was not checked or not done, with a warning.</summary>
    SkippedWithWarning,

    /// <summary>It would be done.</summary>
    Planned,

    /// <summary>It failed, but still works: a warning.</summary>
    FailedWithWarning,

    /// <summary>It failed.</summary>
    Failed,
}

/// <summary>How the value of a column is written. Each front end has the code for each of them.</summary>
public enum ColumnForm
{
    /// <summary>As text.</summary>
    Plain,

    /// <summary>The first property that has a value.</summary>
    First,

    /// <summary>All properties that have a value, separated by slashes.</summary>
    Path,

    /// <summary>The elements of a list, separated by commas.</summary>
    List,

    /// <summary>The number of elements of a list; empty for none.</summary>
    Count,

    /// <summary>A large number.</summary>
    Number,

    /// <summary>A percentage.</summary>
    Percent,

    /// <summary>A number with two decimals.</summary>
    Hundredths,

    /// <summary>Month, day, hour and minute, in UTC.</summary>
    Moment,

    /// <summary>An ARN from its service on, without Region and account.</summary>
    ArnTail,

    /// <summary>A job definition reference, without the rest of its ARN.</summary>
    Reference,

    /// <summary>From one job definition reference to another.</summary>
    ReferenceStep,

    /// <summary>A name and a revision: <c>name:12</c>.</summary>
    Revision,

    /// <summary>From one revision to another.</summary>
    RevisionStep,

    /// <summary>An image, without its registry and the beginning of its repository.</summary>
    Image,

    /// <summary>From one image to another.</summary>
    ImageStep,

    /// <summary>The beginning of a digest.</summary>
    Digest,

    /// <summary>The state of a rule, and whether an AWS service manages it.</summary>
    RuleState,

    /// <summary>Whether a pattern matches.</summary>
    Match,

    /// <summary>Of a delivery: its input if it is delivered, or else the reason.</summary>
    InputOrReason,
}
