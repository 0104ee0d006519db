namespace EventBridgeOps.Sandbox.Sample;

/// <summary>The contents of the sample account.</summary>
/// <param name="EventBuses">The number of event buses, including the default event bus.</param>
/// <param name="Rules">The number of rules on all event buses.</param>
/// <param name="Targets">The number of targets of all rules.</param>
/// <param name="BatchTargets">The number of targets that start a Batch job.</param>
/// <param name="JobQueues">The number of job queues.</param>
/// <param name="JobDefinitions">The number of job definition names.</param>
/// <param name="Revisions">The number of their revisions, including deregistered revisions.</param>
public sealed record SampleSummary(
    int EventBuses, int Rules, int Targets, int BatchTargets, int JobQueues, int JobDefinitions, int Revisions);
