using EventBridgeOps.Projects.Files;
using EventBridgeOps.Projects.Matching;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Compares new versions of schemas with those before them, and says who takes which version.</summary>
internal sealed class VersionCheck(ProjectRules rules, ISchemaJudge judge) : IProjectCheck
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
                if (before.Count > 0 && settings.Compatibility != ProjectCompatibility.None && !project.Lock.Schemas.ContainsKey(schema.Name))
                    Compare(settings, before, schema, findings);
                before.Add(schema);
            }
        }

        ILookup<ProjectSchema, string> takers = rules.Reach.Values.SelectMany(reach => reach.Kinds.Keys.Where(kind => kind.Schema is not null && !reach.IsEmpty(kind, judge)).Select(kind => (Schema: kind.Schema!, reach.Rule.Name))).ToLookup(each => each.Schema, each => each.Name);
        foreach (ProjectSchema schema in project.Schemas)
        {
            string[] consumers = [.. settings.Consumers.Where(consumer => consumer.Events.Count == 0 || consumer.Events.Contains(schema.Name, StringComparer.Ordinal)).Select(consumer => consumer.Name)];
            string[] wanted = [.. takers[schema]];
            findings.Pass(ProjectCheck.Version, schema.Name, schema.File, ProjectTestMessages.Takers(wanted, consumers));
            string[] needing = schema.IsRetired ? [.. Needing(schema, settings, rules.Reach.Values, judge)] : [];
            if (needing.Length > 0)
                findings.Fail(ProjectCheck.Version, schema.Name, settings.File.Fault("/schemas/retired", ProjectTestMessages.StillWanted(schema.Name, needing)));
        }
    }

    /// <summary>The rules and consumers that still want a version: by source and detail type alone, a rule that takes a later version takes this one too.</summary>
    public static IEnumerable<string> Needing(ProjectSchema schema, ProjectSettings settings, IEnumerable<RuleReach> reach, ISchemaJudge judge) =>
    [
        .. reach.Where(each => each.Needs(schema, judge)).Select(each => each.Rule.Name),
        .. settings.Consumers.Where(consumer => consumer.Events.Contains(schema.Name, StringComparer.Ordinal)).Select(consumer => consumer.Name),
    ];

    private void Compare(ProjectSettings settings, IReadOnlyList<ProjectSchema> before, ProjectSchema schema, Findings findings)
    {
        bool isCompatible = true;
        ProjectSchema[] same = [.. before.Where(older => older.Source == schema.Source && older.DetailType == schema.DetailType && older.Schema is not null && !older.IsRetired)];
        foreach (ProjectSchema older in settings.IsTransitive ? same : same.Skip(same.Length - 1))
        {
            if (schema.Schema is null)
                return;
            foreach (SchemaBreak broken in judge.Compare(older.Schema!, schema.Schema, settings.Compatibility, settings.IsStrict))
            {
                isCompatible = false;
                ProjectFault fault = schema.File.Fault(broken.Pointer, ProjectTestMessages.Breaks(older.Name, broken.Reason));
                findings.Fail(ProjectCheck.Compatibility, schema.Name, fault);
            }
        }

        if (isCompatible && same.Length > 0)
            findings.Pass(ProjectCheck.Compatibility, schema.Name, schema.File, ProjectTestMessages.Compatible(same[same.Length - 1].Name));
    }
}
