using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Patterns;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Checks what <c>ebproject.yaml</c> refers to.</summary>
internal sealed class SettingsCheck : IProjectCheck
{
    public void Run(Project project, Findings findings)
    {
        if (project.Settings is not { } settings)
            return;
        HashSet<string> schemas = [.. project.Schemas.Select(schema => schema.Name)];
        ProjectText file = settings.File;
        foreach (ProjectConsumer consumer in settings.Consumers)
        {
            string pointer = JsonPointers.Add("/consumers", consumer.Name);
            for (int i = 0; i < consumer.Events.Count; i++)
            {
                if (!schemas.Contains(consumer.Events[i]))
                    findings.Fail(ProjectCheck.Settings, consumer.Name, file.Fault(JsonPointers.Add(pointer + "/events", i), UnknownSchema.Say(consumer.Events[i], schemas)));
            }

            if (settings.Environments.All(environment => environment.AccountId == consumer.AccountId))
                findings.Fail(ProjectCheck.Settings, consumer.Name, file.Fault(pointer + "/account", ProjectTestMessages.OwnAccount(consumer.AccountId)));
            if (Arn.TryParse(consumer.BusArn, out Arn? bus) && bus.AccountId != consumer.AccountId)
                findings.Fail(ProjectCheck.Settings, consumer.Name, file.Fault(pointer + "/bus", ProjectTestMessages.OtherAccount(bus.AccountId, consumer.AccountId)));
        }

        for (int i = 0; i < settings.Retired.Count; i++)
        {
            if (!schemas.Contains(settings.Retired[i]) && !project.Lock.Schemas.ContainsKey(settings.Retired[i]))
                findings.Fail(ProjectCheck.Settings, settings.Retired[i], file.Fault(JsonPointers.Add("/schemas/retired", i), UnknownSchema.Say(settings.Retired[i], schemas)));
        }

        string[] kept = [.. ProjectSettings.RetainedKinds, .. project.Resources.Keys];
        for (int i = 0; i < settings.Retained.Count; i++)
        {
            string name = settings.Retained[i];
            if (!kept.Contains(name, StringComparer.Ordinal))
                findings.Fail(ProjectCheck.Settings, name, file.Fault(JsonPointers.Add("/retain", i), Spelling.Nearest(name, kept) is { } meant ? ProjectTestMessages.UnknownRetainedMeant(name, meant) : ProjectTestMessages.UnknownRetained(name)));
        }

        ProjectReferences references = new(project);
        if (settings.DeadLetterQueue?.Arn is { } queue && references.Fault(queue) is { } fault)
            findings.Fail(ProjectCheck.Settings, settings.Name, file.Fault("/defaults/deadLetterQueue/arn", fault));
        if (settings.Archive?.Pattern is not { } pattern)
            return;
        foreach (PatternProblem problem in EventPattern.Check(Document.Write(pattern)).Problems)
            findings.Add(ProjectCheck.Settings, problem.Severity == PatternProblemSeverity.Error ? FindingState.Failed : FindingState.Warning, settings.Name, file.Fault("/archive/pattern" + problem.Pointer, ProjectTestMessages.PatternProblem(problem.Reason, problem.Hint)));
    }
}

/// <summary>Says that there is no such schema.</summary>
internal static class UnknownSchema
{
    public static Events.Messages.Message Say(string name, IEnumerable<string> schemas) =>
        Spelling.Nearest(name, schemas) is { } meant ? ProjectTestMessages.UnknownSchemaMeant(name, meant) : ProjectTestMessages.UnknownSchema(name);
}
