using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Matching;
using EventBridgeOps.Schemas.Comparing;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Compares new versions of schemas with those before them, and says who takes which version.</summary>
internal sealed class VersionCheck(ProjectRules rules, CancellationToken cancellationToken) : IProjectCheck
{
    public void Run(Project project, Findings findings)
    {
        if (project.Settings is not { } settings)
            return;
        foreach (IGrouping<string, ProjectSchema> family in project.Schemas.GroupBy(schema => schema.Family, StringComparer.Ordinal))
        {
            List<ProjectSchema> before = [];
            foreach (ProjectSchema schema in family)
            {
                if (before.Count > 0 && settings.Compatibility is not null && !project.Lock.Schemas.ContainsKey(schema.Name))
                    Compare(settings, before, schema, findings);
                before.Add(schema);
            }
        }

        ILookup<ProjectSchema, string> takers = rules.Reach.Values.SelectMany(reach => reach.Kinds.Keys.Where(kind => kind.Schema is not null && !reach.IsEmpty(kind)).Select(kind => (Schema: kind.Schema!, reach.Rule.Name))).ToLookup(each => each.Schema, each => each.Name);
        foreach (ProjectSchema schema in project.Schemas)
        {
            string[] consumers = [.. settings.Consumers.Where(consumer => consumer.Events.Count == 0 || consumer.Events.Contains(schema.Name, StringComparer.Ordinal)).Select(consumer => consumer.Name)];
            string[] wanted = [.. takers[schema]];
            findings.Pass(ProjectCheck.Version, schema.Name, schema.File, schema.IsRetired ? ProjectTestMessages.TakersOfRetired(ProjectTestMessages.Takers(wanted, consumers)) : ProjectTestMessages.Takers(wanted, consumers));
            string[] needing = schema.IsRetired ? [.. Needing(schema, settings, rules.Reach.Values)] : [];
            if (needing.Length > 0)
                findings.Fail(ProjectCheck.Version, schema.Name, settings.File.Fault("/schemas/retired", ProjectTestMessages.StillWanted(schema.Name, needing)));
        }
    }

    /// <summary>The rules and consumers that still want a version: by source and detail type alone, a rule that takes a later version takes this one too.</summary>
    public static IEnumerable<string> Needing(ProjectSchema schema, ProjectSettings settings, IEnumerable<RuleReach> reach) =>
    [
        .. reach.Where(each => each.Needs(schema)).Select(each => each.Rule.Name),
        .. settings.Consumers.Where(consumer => consumer.Events.Contains(schema.Name, StringComparer.Ordinal)).Select(consumer => consumer.Name),
    ];

    private void Compare(ProjectSettings settings, IReadOnlyList<ProjectSchema> before, ProjectSchema schema, Findings findings)
    {
        EventSchema[] same = [.. before.Where(older => older.Source == schema.Source && older.DetailType == schema.DetailType && !older.IsRetired).Select(older => older.Schema).OfType<EventSchema>().Reverse()];
        if (schema.Schema is null || same.Length == 0)
            return;
        SchemaComparisonResult result = SchemaComparison.Compare(same, schema.Schema, settings.Compatibility!.Value, settings.Policy, cancellationToken);
        foreach (SchemaDifference difference in result.Differences.Where(difference => difference.Effect is not SchemaEffect.Harmless))
        {
            string older = Project.NameOf(difference.Older);
            Message reason = ProjectTestMessages.Breaks(older, difference.Breaks is SchemaParty.Producer, difference.Reason, difference.Example);
            FindingState state = difference.Effect is SchemaEffect.Breaks || settings.Policy is SchemaPolicy.Strict ? FindingState.Failed : FindingState.Warning;
            findings.Add(ProjectCheck.Compatibility, state, schema.Name, schema.File.Fault(difference.IsInNewer ? difference.Pointer : "", state == FindingState.Failed ? ProjectTestMessages.OrRetire(reason, older) : reason));
        }

        if (result.IsAcceptedBy(settings.Policy))
            findings.Pass(ProjectCheck.Compatibility, schema.Name, schema.File, ProjectTestMessages.Compatible(Project.NameOf(same[0].Name)));
    }
}
