using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Matching;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Makes the input of each target for each example that its rule matches.</summary>
internal sealed class InputCheck(ProjectRules rules) : IProjectCheck
{
    public void Run(Project project, Findings findings)
    {
        foreach (RuleReach reach in rules.Reach.Values.Where(reach => reach.Examples.Count > 0))
        {
            HashSet<string> told = new(StringComparer.Ordinal);
            foreach (ProjectExample example in reach.Examples)
            {
                using JsonDocument made = JsonDocument.Parse(Document.WriteUtf8(example.Event), new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
                foreach (ProjectTarget target in reach.Rule.Targets)
                    Check(project, reach.Rule, target, example, made.RootElement, findings, told);
            }

            findings.Pass(ProjectCheck.Input, reach.Rule.Name, reach.Rule.File, ProjectTestMessages.InputsMade(reach.Examples.Count, reach.Rule.Targets.Count));
        }
    }

    private static void Check(Project project, ProjectRule rule, ProjectTarget target, ProjectExample example, JsonElement made, Findings findings, HashSet<string> told)
    {
        if (target.Input.Count == 0)
            return; // The whole event.
        TargetInput input = TargetInput.Of(target.Input, ProjectFacts.Of(project, rule, made));
        foreach (KeyValuePair<string, JsonNode?> variable in input.Fault is null && target.Input["InputTransformer"]?["InputPathsMap"] is JsonObject paths ? paths : [])
        {
            TargetInput value = TargetInput.Of(new JsonObject { ["InputPath"] = variable.Value?.DeepClone() }, ProjectFacts.Of(project, rule, made));
            if (value.Remark is { } missing && told.Add($"{target.Id}/{variable.Key}"))
                findings.Warn(ProjectCheck.Input, $"{rule.Name}/{target.Id}", rule.File.Fault(JsonPointers.Add(target.Pointer + "/inputTransformer/inputPathsMap", variable.Key), ProjectTestMessages.InputOf(example.File.Path, missing)));
        }

        // What is wrong with a target by itself is wrong for each event.
        Message? reason = input.Fault ?? input.Remark;
        if (reason is null || !told.Add($"{target.Id}/{reason}"))
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
        ProjectEnvironment? place = project.Settings?.FirstEnvironment;
        string region = place?.Region ?? Events.Entries.EntryDefaults.SampleRegion, account = place?.AccountId ?? Events.Entries.EntryDefaults.SampleAccount, bus = rule.BusName ?? place?.BusName ?? "default";
        string path = bus == "default" ? rule.Name : $"{bus}/{rule.Name}";
        return new InputFacts(made, rule.Name, Events.Names.Arn.In("events", region, account, "rule/" + path).ToString(), Time);
    }
}
