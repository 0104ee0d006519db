using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Sample;

/// <summary>A rule of the sample account.</summary>
internal sealed record SampleRule(string Name, string Bus, Document Members, IReadOnlyList<Document> Targets, bool IsManaged = false)
{
    /// <summary>What PutRule takes.</summary>
    public Document Input => Document.Empty.With("Name", Name).With("EventBusName", Bus).With(Members);

    /// <summary>What PutTargets takes.</summary>
    public Document TargetsInput => Document.Empty.With("Rule", Name).With("EventBusName", Bus).With("Targets", Targets);
}
