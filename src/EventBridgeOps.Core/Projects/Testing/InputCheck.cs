using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Patterns;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Makes the input of each target for each example that its rule matches.</summary>
internal sealed class InputCheck(ProjectRules rules) : IProjectCheck
{
    public void Run(Project project, Findings findings)
    {
        PatternSet set = new();
        foreach (KeyValuePair<string, EventPattern> pattern in rules.Patterns)
            set.Add(pattern.Key, pattern.Value);
        Dictionary<string, ProjectRule> byName = project.Rules.ToDictionary(rule => rule.Name, StringComparer.Ordinal);
        Dictionary<string, int> tried = new(StringComparer.Ordinal);
        HashSet<string> told = new(StringComparer.Ordinal);
        List<string> names = [];
        foreach (ProjectExample example in project.Examples.Where(example => !example.IsInvalid && example.Event is not null))
        {
            names.Clear();
            byte[] utf8 = Document.WriteUtf8(example.Event);
            set.Match(utf8, names);
            if (names.Count == 0)
                continue;
            using JsonDocument parsed = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
            foreach (ProjectRule rule in names.Select(name => byName[name]))
            {
                rules.Matched.Add((rule.Name, example.Schema.Name));
                tried[rule.Name] = (tried.TryGetValue(rule.Name, out int count) ? count : 0) + 1;
                foreach (ProjectTarget target in rule.Targets)
                    Check(project, rule, target, example, parsed.RootElement, findings, told);
            }
        }

        foreach (ProjectRule rule in project.Rules.Where(rule => tried.ContainsKey(rule.Name)))
            findings.Pass(ProjectCheck.Input, rule.Name, rule.File, ProjectTestMessages.InputsMade(tried[rule.Name], rule.Targets.Count));
    }

    private static void Check(Project project, ProjectRule rule, ProjectTarget target, ProjectExample example, JsonElement made, Findings findings, HashSet<string> told)
    {
        if (target.Input.Count == 0)
            return; // The whole event.
        TargetInput input = TargetInput.Of(target.Input, ProjectFacts.Of(project, rule, made));
        // What is wrong with a target by itself is wrong for each event.
        Message? reason = input.Fault ?? input.Remark;
        if (reason is null || !told.Add($"{rule.Name}/{target.Id}/{reason}"))
            return;
        string pointer = target.Pointer + (input.Kind switch { InputKind.Input => "/input", InputKind.InputPath => "/inputPath", InputKind.InputTransformer => "/inputTransformer", _ => "" });
        findings.Add(ProjectCheck.Input, input.Fault is null ? FindingState.Warning : FindingState.Failed, $"{rule.Name}/{target.Id}", rule.File.FaultOfKey(pointer, ProjectTestMessages.InputOf(example.File.Path, reason)));
    }
}

/// <summary>What an input template can ask for.</summary>
internal static class ProjectFacts
{
    private const string Time = "2026-01-01T00:00:00Z";

    public static InputFacts Of(Project project, ProjectRule rule, JsonElement made)
    {
        ProjectEnvironment? place = project.Settings?.Environments.FirstOrDefault();
        string region = place?.Region ?? Events.Entries.EntryDefaults.SampleRegion, account = place?.AccountId ?? Events.Entries.EntryDefaults.SampleAccount, bus = rule.BusName ?? place?.BusName ?? "default";
        string path = bus == "default" ? rule.Name : $"{bus}/{rule.Name}";
        return new InputFacts(made, rule.Name, Events.Names.Arn.In("events", region, account, "rule/" + path).ToString(), Time);
    }
}
