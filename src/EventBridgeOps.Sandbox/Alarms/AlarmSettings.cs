using System.Text.Json;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.CloudWatch;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Alarms;

/// <summary>Alarms are put, deleted, and switched.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html</remarks>
internal static class AlarmSettings
{
    private const int Day = 86_400;
    private const int MostActions = 5;

    private static readonly string[] Lists = ["OKActions", "AlarmActions", "InsufficientDataActions"];

    private static readonly string[] Kept =
    [
        "AlarmDescription", "Namespace", "MetricName", "Statistic", "ExtendedStatistic", "Period", "Unit", "EvaluationPeriods", "DatapointsToAlarm", "ComparisonOperator", "TreatMissingData",
    ];

    public static RawDocument Put(Operation operation)
    {
        RawDocument input = operation.Input;
        (string name, MetricName metric) = Checked(input);
        RawDocument? before = Alarm.All(operation).Find(name);
        string now = Alarm.Moment(operation.Now);
        RawDocument alarm = RawDocument.Empty
            .With("AlarmName", name)
            .With("AlarmArn", Alarm.ArnOf(operation, name))
            .With(input.Only(Kept))
            .With("Dimensions", metric.ToDocument().List("Dimensions").Select(RawDocument.From))
            .With("Threshold", Json.Figure(input["Threshold"]!.Value.GetDouble()))
            .With("ActionsEnabled", input["ActionsEnabled"] is not { ValueKind: JsonValueKind.False })
            .With("AlarmConfigurationUpdatedTimestamp", now);
        foreach (string list in Lists)
            alarm = alarm.With(list, Actions(operation, input, list));
        alarm = alarm.With(before?.Only("StateValue", "StateReason", "StateReasonData", "StateUpdatedTimestamp", "StateTransitionedTimestamp") ?? RawDocument.Empty
            .With("StateValue", Alarm.NoData)
            .With("StateReason", "Unchecked: Initial alarm creation")
            .With("StateUpdatedTimestamp", now)
            .With("StateTransitionedTimestamp", now));
        Alarm.All(operation)[name] = alarm;
        if (before is null)
            AlarmTags.Keep(operation, Alarm.ArnOf(operation, name), TagList.Read(input, () => MetricErrors.Invalid("Tags need a key.")));
        AlarmHistory.Add(operation, name, "ConfigurationUpdate", before is null ? $"Alarm \"{name}\" created" : $"Alarm \"{name}\" updated", RawDocument.Empty
            .With("version", "1.0").With("type", before is null ? "Create" : "Update"));
        AlarmClock.Touch(operation.State, operation.Now);
        return RawDocument.Empty;
    }

    public static RawDocument Delete(Operation operation)
    {
        List<string> names = [.. operation.Input.Texts("AlarmNames")];
        if (names.Find(name => Alarm.Named(operation, name) is null) is { } missing)
            throw Alarm.Missed(missing);
        foreach (string name in names)
        {
            AlarmHistory.Add(operation, name, "ConfigurationUpdate", $"Alarm \"{name}\" deleted", RawDocument.Empty.With("version", "1.0").With("type", "Delete"));
            AlarmTags.Keep(operation, Alarm.ArnOf(operation, name), RawDocument.Empty);
            Alarm.All(operation).Remove(name);
        }

        return RawDocument.Empty;
    }

    /// <summary>Sets a state until the next evaluation; its actions run.</summary>
    public static RawDocument SetState(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.Text("alarmName", input["AlarmName"], true, 1, 255);
        constraints.Text("stateReason", input["StateReason"], true, 0, 1023);
        constraints.Text("stateValue", input["StateValue"], required: true);
        constraints.OneOf("stateValue", input["StateValue"], Alarm.Ok, Alarm.InAlarm, Alarm.NoData);
        MetricErrors.Check(constraints);
        if (input.Text("StateReasonData") is { } data && !Json.IsObject(data))
            throw new AwsError(400, "InvalidFormatFault", "StateReasonData must be valid JSON.") { QueryCode = "InvalidFormat" };
        Alarm alarm = Alarm.Named(operation, input.Text("AlarmName")!) ?? throw Alarm.Missed(input.Text("AlarmName")!);
        AlarmState.Change(operation, alarm, input.Text("StateValue")!, input.Text("StateReason")!, input.Text("StateReasonData"));
        AlarmClock.Touch(operation.State, operation.Now);
        return RawDocument.Empty;
    }

    public static RawDocument EnableActions(Operation operation) => Switch(operation, true);

    public static RawDocument DisableActions(Operation operation) => Switch(operation, false);

    private static RawDocument Switch(Operation operation, bool enabled)
    {
        foreach (string name in operation.Input.Texts("AlarmNames"))
        {
            if (Alarm.Named(operation, name) is { } alarm)
                Alarm.All(operation)[name] = alarm.Document.With("ActionsEnabled", enabled);
        }

        return RawDocument.Empty;
    }

    private static (string Name, MetricName Metric) Checked(RawDocument input)
    {
        Constraints constraints = new();
        constraints.Text("alarmName", input["AlarmName"], true, 1, 255);
        constraints.Text("alarmDescription", input["AlarmDescription"], false, 0, 1024);
        constraints.Text("namespace", input["Namespace"], true, 1, 255, "[^:].*");
        constraints.Number("period", input["Period"], 1, int.MaxValue);
        constraints.Number("evaluationPeriods", input["EvaluationPeriods"], 1, int.MaxValue);
        constraints.Number("datapointsToAlarm", input["DatapointsToAlarm"], 1, int.MaxValue);
        constraints.Text("comparisonOperator", input["ComparisonOperator"], required: true);
        constraints.OneOf("comparisonOperator", input["ComparisonOperator"], "GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold");
        constraints.OneOf("statistic", input["Statistic"], "SampleCount", "Average", "Sum", "Minimum", "Maximum");
        MetricName metric = MetricName.Read(constraints, "", input, input.Text("Namespace"));
        MetricErrors.Check(constraints);

        foreach (string name in new[] { "Period", "EvaluationPeriods", "Threshold" })
        {
            if (input[name] is null)
                throw MetricErrors.Missing(name);
        }

        if (input["Threshold"] is not { ValueKind: JsonValueKind.Number })
            throw MetricErrors.BadValue("The parameter Threshold must be a number.");
        if (input["Statistic"] is null == input["ExtendedStatistic"] is null)
            throw MetricErrors.Invalid("Exactly one of Statistic and ExtendedStatistic must be set"); // AWS documents that one is needed, and not the words.
        MetricStatistic.Named(input.Text("Statistic") ?? input.Text("ExtendedStatistic")!);
        if (input.Text("TreatMissingData") is not (null or "breaching" or "notBreaching" or "ignore" or "missing"))
            throw MetricErrors.Invalid($"Option {input.Text("TreatMissingData")} is not supported for TreatMissingData.");
        long period = input.Number("Period")!.Value, count = input.Number("EvaluationPeriods")!.Value;
        MetricStatistic.CheckPeriod(period);
        if (input.Number("DatapointsToAlarm") > count)
            throw MetricErrors.Invalid("DatapointsToAlarm must be less than or equal to EvaluationPeriods");
        if (period * count > (period >= 3600 ? 7 * Day : Day))
            throw MetricErrors.Invalid("Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).");
        return (input.Text("AlarmName")!, metric);
    }

    private static List<string> Actions(Operation operation, RawDocument input, string list)
    {
        List<string> actions = [.. input.Texts(list)];
        if (actions.Count > MostActions)
            throw MetricErrors.Invalid($"{list} has more than {MostActions} actions.");
        foreach (string action in actions)
        {
            if (!Arn.TryParse(action, out Arn? arn))
                throw MetricErrors.Invalid($"Invalid arn syntax: {action}");
            if (arn.Service != "sns")
                throw MetricErrors.NotSupported(AlarmMessages.NoAction(action));
            if (arn.Region != operation.Call.Region)
                throw MetricErrors.Invalid($"Invalid region {arn.Region} specified. Only {operation.Call.Region} is supported.");
        }

        return actions;
    }
}
