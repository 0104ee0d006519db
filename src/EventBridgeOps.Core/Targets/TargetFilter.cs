using EventBridgeOps.Events.Names;
using EventBridgeOps.JobDefinitions;

namespace EventBridgeOps.Targets;

/// <summary>Which Batch targets of a rule match a query.</summary>
internal sealed class TargetFilter(TargetQuery query)
{
    private readonly IReadOnlyList<NamePattern> _targetIds = NamePattern.ParseAll(query.TargetId);
    private readonly IReadOnlyList<NamePattern> _jobDefinitions = NamePattern.ParseAll(query.JobDefinition.Select(JobDefinitionText.Name));

    public bool IsMatch(string targetId, string jobDefinition) =>
        _targetIds.Any(pattern => pattern.IsMatch(targetId)) && _jobDefinitions.Any(pattern => pattern.IsMatch(JobDefinitionText.Name(jobDefinition)));
}
