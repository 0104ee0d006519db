using System.Globalization;
using EventBridgeOps.Sandbox.CloudWatch;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Alarms;

/// <summary>An alarm of one metric, as DescribeAlarms shows it.</summary>
internal sealed class Alarm(RawDocument document)
{
    public const string Ok = "OK";
    public const string InAlarm = "ALARM";
    public const string NoData = "INSUFFICIENT_DATA";

    public RawDocument Document { get; } = document;

    public string Name => Document.Text("AlarmName")!;

    public string Arn => Document.Text("AlarmArn")!;

    public string State => Document.Text("StateValue")!;

    public long Period => Document.Number("Period")!.Value;

    public int EvaluationPeriods => (int)Document.Number("EvaluationPeriods")!.Value;

    public int DatapointsToAlarm => (int)(Document.Number("DatapointsToAlarm") ?? EvaluationPeriods);

    public double Threshold => Document["Threshold"]!.Value.GetDouble();

    public string Comparison => Document.Text("ComparisonOperator")!;

    public string Missing => Document.Text("TreatMissingData") ?? "missing";

    public string Statistic => Document.Text("Statistic") ?? Document.Text("ExtendedStatistic")!;

    public MetricName Metric => MetricName.From(Document);

    public static Table All(Operation operation) => operation.State[AlarmClock.AlarmsTable];

    public static Alarm? Named(Operation operation, string name) => All(operation).Find(name) is { } document ? new(document) : null;

    public static string ArnOf(Operation operation, string name) => operation.Arn("cloudwatch", "alarm:" + name);

    public static AwsError Missed(string name) => new(404, "ResourceNotFound", $"Unknown alarm: {name}");

    public bool IsBreaching(double value) => Comparison switch
    {
        "GreaterThanOrEqualToThreshold" => value >= Threshold,
        "GreaterThanThreshold" => value > Threshold,
        "LessThanThreshold" => value < Threshold,
        _ => value <= Threshold,
    };

    /// <summary>How CloudWatch writes a time in texts: 2026-01-31T12:00:00.000+0000.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);
}
