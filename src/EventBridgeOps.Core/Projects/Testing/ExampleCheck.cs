using EventBridgeOps.Projects.Files;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Checks that examples follow their schema, or do not if they are named so.</summary>
internal sealed class ExampleCheck : IProjectCheck
{
    public void Run(Project project, Findings findings)
    {
        InParallel.Each(project.Examples, example => example.Violations, CancellationToken.None);
        ILookup<string, ProjectExample> examples = project.Examples.ToLookup(example => example.Schema.Name, StringComparer.Ordinal);
        foreach (ProjectSchema schema in project.Schemas.Where(schema => schema.Schema is not null))
        {
            if (!examples[schema.Name].Any(example => !example.IsInvalid))
                findings.Warn(ProjectCheck.Example, schema.Name, schema.File.Fault("", ProjectTestMessages.NoExample(schema.ExampleFolder)));
            foreach (ProjectExample example in examples[schema.Name])
                Check(example, findings);
        }
    }

    private static void Check(ProjectExample example, Findings findings)
    {
        string item = example.File.Path.Substring(Project.ExampleFolder.Length + 1);
        IReadOnlyList<SchemaViolation> violations = example.Violations;
        if (example.IsInvalid && violations.Count == 0)
            findings.Fail(ProjectCheck.Example, item, example.File.Fault(example.DetailPointer, ProjectTestMessages.NotRefused(example.Schema.Name)));
        else if (example.IsInvalid)
            findings.Pass(ProjectCheck.Example, item, example.File, ProjectTestMessages.Refused(violations[0].Reason));
        else if (violations.Count == 0)
            findings.Pass(ProjectCheck.Example, item, example.File, ProjectTestMessages.Follows(example.Schema.Name));
        foreach (SchemaViolation violation in example.IsInvalid ? [] : violations)
            findings.Fail(ProjectCheck.Example, item, example.File.Fault(example.DetailPointer + violation.Pointer, ProjectTestMessages.Violation(violation.Reason, example.Schema.Name, violation.SchemaPointer)));
    }
}
