using EventBridgeOps.Events.Schedules;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>When rules with a schedule run next.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html: a rate "starts when you create the scheduled event rule".</remarks>
internal static class RuleSchedules
{
    /// <summary>The kind of the planned work.</summary>
    public const string DueKind = "schedule";

    private const string TableName = "schedules";

    /// <summary>Reads the schedule of a rule, or refuses it as PutRule does.</summary>
    public static void Check(string expression)
    {
        if (!ScheduleExpression.TryParse(expression, out _))
            throw AwsError.Validation("Parameter ScheduleExpression is not valid.");
    }

    /// <summary>Plans the next run of a rule that was put, enabled or disabled. A rule whose schedule did not change keeps its pace.</summary>
    public static void Follow(Operation operation, string key, RawDocument rule)
    {
        Table schedules = operation.State[TableName];
        string expression = rule.Text("ScheduleExpression") ?? "";
        if (expression.Length == 0 || rule.Text("State") == "DISABLED")
            schedules.Remove(key);
        else if (schedules.Find(key)?.Text("expression") != expression)
            Plan(operation, key, expression, operation.Now);
    }

    public static void Forget(Operation operation, string key) => operation.State[TableName].Remove(key);

    /// <summary>The rule whose run is due, and plans the one after it; null if the rule has changed since.</summary>
    /// <param name="operation">The Region of the rule.</param>
    /// <param name="work">What was planned.</param>
    /// <param name="missedUntil">Runs before this moment are skipped.</param>
    public static RawDocument? Take(Operation operation, RawDocument work, DateTimeOffset missedUntil)
    {
        string key = work.Text("rule")!;
        if (operation.State[TableName].Find(key) is not { } planned || planned.Number("number") != work.Number("number"))
            return null;

        bool isMissed = operation.Now < missedUntil;
        Plan(operation, key, planned.Text("expression")!, isMissed ? missedUntil : operation.Now);
        return isMissed ? null : operation.State["rules"].Find(key);
    }

    private static void Plan(Operation operation, string key, string expression, DateTimeOffset after)
    {
        RawDocument planned = RawDocument.Empty.With("expression", expression).With("number", operation.State.NextNumber());
        operation.State[TableName][key] = planned;
        if (ScheduleExpression.TryParse(expression, out ScheduleExpression? schedule) && schedule.Next(after) is { } next)
            DueWork.Plan(operation, next, DueKind, planned.Only("number").With("rule", key));
    }
}
