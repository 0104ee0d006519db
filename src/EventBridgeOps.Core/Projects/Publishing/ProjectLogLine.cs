using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Installation;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>The level of a line of a log.</summary>
public enum ProjectLogLevel : long
{
    /// <summary>The line does not say its level.</summary>
    Unknown,

    /// <summary>Each step.</summary>
    Trace,

    /// <summary>Details.</summary>
    Debug,

    /// <summary>What happened.</summary>
    Info,

    /// <summary>What needs attention although nothing failed.</summary>
    [State(Tone.Warning)]
    Warning,

    /// <summary>What failed.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    Error,
}

/// <summary>A line of a log of a project: of its event bus, of its logger, or of another log group of its stack.</summary>
[Record("Log lines", State = nameof(Level), KnownBy = [nameof(Time), nameof(LogGroup), nameof(Text)])]
[Column("Time", nameof(Time), Form = ColumnForm.Moment, Width = 11)]
[Column("Level", nameof(Level), Width = 7)]
[Column("Log group", nameof(LogGroup), Room = 20)]
[Column("Text", nameof(Text))]
public sealed partial record ProjectLogLine
{
    /// <summary>When it was written, in UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The level, as far as the line says it.</summary>
    public ProjectLogLevel Level { get; init; }

    /// <summary>The name of the log group.</summary>
    public required string LogGroup { get; init; }

    /// <summary>The line as it was written.</summary>
    public required string Text { get; init; }

    /// <summary>Time, level, log group and text.</summary>
    public override string ToString() => $"{Time.ToString("O", CultureInfo.InvariantCulture)} {(Level == ProjectLogLevel.Unknown ? "-" : Level.ToString())} {LogGroup} {Text}";

    /// <summary>The line of an event of a log.</summary>
    internal static ProjectLogLine Of(string group, LogEvent happened)
    {
        string text = happened.Text.TrimEnd();
        return new ProjectLogLine { Time = happened.Time, Level = LevelOf(happened.ReadJson()), LogGroup = group, Text = text };
    }

    /// <summary>The level that a line states in JSON: <c>log_level</c> of an event bus, <c>level</c> of AWS Lambda.</summary>
    /// <remarks>
    /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-logs-schema.html, https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html.
    /// Words in a text say nothing: an event that is logged can contain them.
    /// </remarks>
    private static ProjectLogLevel LevelOf(JsonObject? line) => (line?.String("log_level") ?? line?.String("level"))?.ToUpperInvariant() switch
    {
        "TRACE" => ProjectLogLevel.Trace,
        "DEBUG" => ProjectLogLevel.Debug,
        "INFO" => ProjectLogLevel.Info,
        "WARN" or "WARNING" => ProjectLogLevel.Warning,
        "ERROR" or "FATAL" or "CRITICAL" => ProjectLogLevel.Error,
        _ => ProjectLogLevel.Unknown,
    };
}
