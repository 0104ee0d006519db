using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Patterns;
using EventBridgeOps.Patterns.Syntax;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Runs the tests of rules.</summary>
internal sealed class RuleTestCheck(ProjectRules rules) : IProjectCheck
{
    public void Run(Project project, Findings findings)
    {
        Dictionary<string, ProjectExample> examples = project.Examples.ToDictionary(example => example.File.Path, StringComparer.Ordinal);
        foreach (ProjectRule rule in project.Rules)
        {
            if (rule.Tests.Count == 0)
                findings.Warn(ProjectCheck.RuleTest, rule.Name, rule.File.Fault("", ProjectTestMessages.NoTests(rule.Name)));
            if (!rules.Patterns.TryGetValue(rule.Name, out EventPattern? pattern))
                continue;
            foreach (RuleTest test in rule.Tests)
                Run(project, rule, pattern, test, examples, findings);
        }
    }

    private static void Run(Project project, ProjectRule rule, EventPattern pattern, RuleTest test, Dictionary<string, ProjectExample> examples, Findings findings)
    {
        string item = $"{rule.Name}/{test.Name}";
        JsonObject? made = Event(project, test, examples, out Message? fault);
        if (made is null)
        {
            findings.Fail(ProjectCheck.RuleTest, item, test.File.Fault(test.Pointer + "/event", fault!));
            return;
        }

        byte[] utf8 = Document.WriteUtf8(made);
        bool matches = pattern.Matches(utf8);
        if (matches != test.Matches)
        {
            string pointer = test.Pointer + (test.Matches ? "/event" : "/matches");
            findings.Fail(ProjectCheck.RuleTest, item, test.File.FaultOfKey(pointer, matches ? ProjectTestMessages.MatchesThough() : ProjectTestMessages.DoesNotMatch(Why(pattern, utf8))));
            return;
        }

        if (CompareInputs(project, rule, test, utf8, item, findings))
            findings.Pass(ProjectCheck.RuleTest, item, test.File, matches ? ProjectTestMessages.MatchesAsExpected() : ProjectTestMessages.NoMatchAsExpected());
    }

    private static JsonObject? Event(Project project, RuleTest test, Dictionary<string, ProjectExample> examples, out Message? fault)
    {
        fault = null;
        if (test.EventPath is { } path)
        {
            if (!examples.TryGetValue(path, out ProjectExample? example))
                fault = Spelling.Nearest(path, examples.Keys) is { } meant ? ProjectTestMessages.UnknownExampleMeant(path, meant) : ProjectTestMessages.UnknownExample(path);
            else if (example.Event is null)
                fault = ProjectTestMessages.ExampleWithoutSource(path);
            return example?.Event;
        }

        ProjectEvent read = ProjectEvent.Of(test.Event!, null, project.Settings);
        fault = read.Fault;
        return fault is null ? read.Event : null;
    }

    private static Message Why(EventPattern pattern, byte[] utf8)
    {
        string text = pattern.Explain(JsonTexts.Decode(utf8)).ToString();
        return Message.Verbatim(string.Join(" ", text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim())));
    }

    private static bool CompareInputs(Project project, ProjectRule rule, RuleTest test, byte[] utf8, string item, Findings findings)
    {
        bool same = true;
        using JsonDocument parsed = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
        foreach (KeyValuePair<string, JsonNode?> expected in test.Inputs)
        {
            string pointer = JsonPointers.Add(test.Pointer + "/inputs", expected.Key);
            Message? fault = null;
            if (rule.Targets.FirstOrDefault(target => target.Id == expected.Key) is not { } target)
                fault = ProjectTestMessages.UnknownTarget(expected.Key, rule.Targets.Select(each => each.Id));
            else if (!test.Matches)
                fault = ProjectTestMessages.NoInput(expected.Key);
            else
                fault = Compare(TargetInput.Of(target.Input, ProjectFacts.Of(project, rule, parsed.RootElement)), expected.Value);
            if (fault is null)
                continue;
            same = false;
            findings.Fail(ProjectCheck.RuleTest, item, test.File.FaultOfKey(pointer, fault));
        }

        return same;
    }

    private static Message? Compare(TargetInput input, JsonNode? expected)
    {
        if (input.Fault is { } fault)
            return ProjectTestMessages.NoInputBecause(fault);
        if (input.Text is not { } text)
            return ProjectTestMessages.NoInputBecause(input.Remark ?? Message.None);
        JsonNode? actual = Parse(text);
        if (Document.Text(expected) is { } plain && (plain == text || plain == Document.Text(actual)))
            return null;
        return JsonNode.DeepEquals(actual, expected) ? null : ProjectTestMessages.OtherInput(text, Document.Text(expected) ?? Document.Write(expected));
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
