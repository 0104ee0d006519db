using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudWatch;

/// <summary>
/// Plans when the alarms of a Region are evaluated: at the end of a minute in which something was measured, and then each minute until no data
/// can change them. A sandbox without data has no work, however far its clock is advanced.
/// </summary>
internal static class AlarmClock
{
    /// <summary>The table of the alarms, by their names.</summary>
    public const string AlarmsTable = "alarms";

    /// <summary>The kind of the planned work.</summary>
    public const string Kind = "alarms";

    private const string TableName = "alarmClock";

    /// <summary>Plans an evaluation for the end of the minute, if there are alarms and it is not planned yet.</summary>
    public static void Touch(Region state, DateTimeOffset now)
    {
        if (state[AlarmsTable].Count == 0)
            return;
        DateTimeOffset next = MetricTime.Minute(now).AddMinutes(1);
        if (state[TableName].Find("next")?.Number("at") == next.UtcTicks)
            return;
        state[TableName]["next"] = RawDocument.Empty.With("at", next.UtcTicks);
        DueWork.Plan(state, next, Kind, RawDocument.Empty);
    }
}
