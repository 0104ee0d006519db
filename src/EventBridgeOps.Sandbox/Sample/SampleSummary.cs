namespace EventBridgeOps.Sandbox.Sample;

/// <summary>What the sample account holds.</summary>
/// <param name="EventBuses">Event buses, the default one included.</param>
/// <param name="Rules">Rules on all buses.</param>
/// <param name="Targets">Targets of all rules.</param>
/// <param name="BatchTargets">Those of them that start a Batch job.</param>
/// <param name="JobQueues">Job queues.</param>
/// <param name="JobDefinitions">Names of job definitions.</param>
/// <param name="Revisions">Their revisions, deregistered ones included.</param>
public sealed record SampleSummary(
    int EventBuses, int Rules, int Targets, int BatchTargets, int JobQueues, int JobDefinitions, int Revisions);
