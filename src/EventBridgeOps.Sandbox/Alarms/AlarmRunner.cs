using EventBridgeOps.Sandbox.CloudWatch;
using EventBridgeOps.Sandbox.Sqs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Alarms;

/// <summary>Evaluates the alarms of a Region at the end of a minute.</summary>
internal sealed class AlarmRunner : IDueHandler
{
    public string Kind => AlarmClock.Kind;

    public void Run(Operation operation, RawDocument work)
    {
        operation.State.Settle();
        // What the queues have now is the last that they had in the minute which ends.
        QueueGauges.Measure(operation, operation.Now.AddTicks(-1));
        bool mayChange = false;
        foreach (Alarm alarm in Alarm.All(operation).Values.Select(document => new Alarm(document)).ToList())
        {
            if (AlarmEvaluation.Of(operation, alarm, out bool hasData) is { } evaluated && evaluated.State != alarm.State)
                AlarmState.Change(operation, alarm, evaluated.State, evaluated.Reason, evaluated.Data.ToString());
            mayChange |= hasData || HasMessages(operation, alarm);
        }

        if (mayChange)
            AlarmClock.Touch(operation.State, operation.Now);
    }

    private static bool HasMessages(Operation operation, Alarm alarm)
    {
        MetricName metric = alarm.Metric;
        return metric.Namespace == QueueMetrics.Namespace && metric.Dimensions.Count == 1 && Queue.Named(operation, metric.Dimensions[0].Value) is { } queue && queue.Messages.Count > 0;
    }
}
