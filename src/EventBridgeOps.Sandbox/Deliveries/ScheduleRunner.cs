using EventBridgeOps.Sandbox.EventBridge;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>Runs rules on their schedule, by the clock of the sandbox.</summary>
internal sealed class ScheduleRunner(Courier courier) : IDueHandler
{
    /// <summary>What a sandbox that was stopped for longer has missed is skipped: a month of minutes would be 43,200 events at the start.</summary>
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromDays(1);

    public string Kind => RuleSchedules.DueKind;

    public void Run(Operation operation, RawDocument work)
    {
        SandboxClock time = operation.Account.Time;
        if (RuleSchedules.Take(operation, work, time.Real.GetUtcNow() + time.Ahead - LongestCatchUp) is { } rule)
            courier.Invoke(operation, rule, "Scheduled Event");
    }
}
