using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Checks the targets of rules: what they refer to, and what they lack.</summary>
internal sealed class TargetCheck(ProjectRules rules) : IProjectCheck
{
    private const string JobQueue = "AWS::Batch::JobQueue";

    public void Run(Project project, Findings findings)
    {
        HashSet<string> schemas = [.. project.Schemas.Select(schema => schema.Name)];
        foreach (ProjectRule rule in project.Rules)
        {
            if (rule.Targets.Count > ProjectLimits.TargetsPerRule)
                findings.Fail(ProjectCheck.Limit, rule.Name, rule.File.FaultOfKey("/targets", ProjectTestMessages.TooManyTargets(rule.Targets.Count, ProjectLimits.TargetsPerRule)));
            foreach (ProjectTarget target in rule.Targets)
                Check(project, rule, target, schemas, findings);
        }
    }

    private void Check(Project project, ProjectRule rule, ProjectTarget target, HashSet<string> schemas, Findings findings)
    {
        string item = $"{rule.Name}/{target.Id}";
        foreach ((string pointer, JsonNode value) in References(target))
        {
            if (rules.References.Fault(value) is { } fault)
                findings.Fail(ProjectCheck.Target, item, rule.File.Fault(pointer, fault));
            foreach (Message missing in rules.References.Parameters(value).SelectMany(rules.References.Missing))
                findings.Fail(ProjectCheck.Target, item, rule.File.Fault(pointer, missing));
        }

        CheckKind(rule, target, item, findings);

        for (int i = 0; i < target.Emits.Count; i++)
        {
            if (!schemas.Contains(target.Emits[i]))
                findings.Fail(ProjectCheck.Target, item, rule.File.Fault(JsonPointers.Add(target.Pointer + "/emits", i), UnknownSchema.Say(target.Emits[i], schemas)));
        }

        if (IsBatch(target) && target.Settings["batchParameters"] is null)
            findings.Fail(ProjectCheck.Target, item, rule.File.FaultOfKey(target.Pointer, ProjectTestMessages.BatchParametersMissing()));
        if (target.DeadLetterQueue is null && project.Settings?.DeadLetterQueue is null)
            findings.Warn(ProjectCheck.Target, item, rule.File.FaultOfKey(target.Pointer, ProjectTestMessages.NoDeadLetterQueue()));
    }

    private void CheckKind(ProjectRule rule, ProjectTarget target, string item, Findings findings)
    {
        string arn = target.Pointer + "/arn";
        ProjectReferences references = rules.References;
        if (references.Fault(target.Arn) is null && references.TargetFault(target.Arn) is { } notTarget)
            findings.Fail(ProjectCheck.Target, item, rule.File.Fault(arn, notTarget));
        else if (target.Settings["batchParameters"] is not null && references.TypeOf(target.Arn) is { } type && type != JobQueue)
            findings.Fail(ProjectCheck.Target, item, rule.File.FaultOfKey(target.Pointer + "/batchParameters", ProjectTestMessages.NotAJobQueue(type)));
        if (references.IsFifo(target.Arn) && target.Settings["sqsParameters"]?["messageGroupId"] is null)
            findings.Fail(ProjectCheck.Target, item, rule.File.FaultOfKey(target.Pointer, ProjectTestMessages.FifoWithoutGroup()));
        if (target.DeadLetterQueue?.Arn is { } queue && references.IsFifo(queue))
            findings.Fail(ProjectCheck.Target, item, rule.File.Fault(target.Pointer + "/deadLetterQueue/arn", ProjectTestMessages.FifoDeadLetters()));
    }

    private bool IsBatch(ProjectTarget target) => rules.References.TypeOf(target.Arn) == JobQueue || Document.Text(target.Arn)?.IndexOf(":batch:", StringComparison.Ordinal) > 0;

    private static IEnumerable<(string Pointer, JsonNode Value)> References(ProjectTarget target)
    {
        yield return (target.Pointer + "/arn", target.Arn);
        if (target.Settings["roleArn"] is { } role)
            yield return (target.Pointer + "/roleArn", role);
        if (target.DeadLetterQueue?.Arn is { } queue)
            yield return (target.Pointer + "/deadLetterQueue/arn", queue);
        if (target.Settings["batchParameters"]?["jobDefinition"] is JsonObject definition)
            yield return (target.Pointer + "/batchParameters/jobDefinition", definition);
    }
}
