using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Patterns;
using EventBridgeOps.Patterns.Explaining;
using EventBridgeOps.Patterns.Syntax;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Runs the tests of rules.</summary>
internal sealed class RuleTestCheck(ProjectRules rules) : IProjectCheck
{
    private const int MostValues = 5;

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
            findings.Add(ProjectCheck.RuleTest, FindingState.Passed, item, test.File.FaultOfKey(test.Pointer, matches ? ProjectTestMessages.MatchesAsExpected() : ProjectTestMessages.NoMatchAsExpected()));
    }

    /// <summary>The event of a test; null with a fault.</summary>
    public static JsonObject? Event(Project project, RuleTest test, IReadOnlyDictionary<string, ProjectExample> examples, out Message? fault)
    {
        fault = null;
        if (test.EventPath is { } path)
        {
            if (!examples.TryGetValue(path, out ProjectExample? example))
                fault = project.Folder.FullPath(path, out _) is null || project.Folder.Exists(path) ? ProjectTestMessages.UnknownExample(path) : ProjectTestMessages.NoExampleFile(path, Spelling.Nearest(path, examples.Keys));
            else if (example.Event is null)
                fault = ProjectTestMessages.ExampleWithoutSource(path);
            return example?.Event;
        }

        ProjectEvent read = ProjectEvent.Of(test.Event!, null, project.Settings);
        fault = read.Fault;
        return fault is null ? read.Event : null;
    }

    // Only what does not match: the others say nothing.
    private static Message Why(EventPattern pattern, byte[] utf8)
    {
        BranchExplanation closest = pattern.Explain(JsonTexts.Decode(utf8)).Best;
        IEnumerable<Message> fields = closest.Fields.Where(field => !field.Matches).Select(field => ProjectTestMessages.FieldDiffers(
            field.Path, field.Found.Take(MostValues), field.Alternatives.Take(MostValues).Select(alternative => alternative.Expected), Math.Max(0, field.Alternatives.Count - MostValues), field.Alternatives.Select(alternative => alternative.NearMiss).Prepend(field.NearMiss).FirstOrDefault(note => note is not null)));
        return Message.Join(" ", closest.Conflict is { } conflict ? [.. fields, ProjectTestMessages.Conflict(conflict)] : fields);
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
