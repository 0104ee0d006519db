using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Testing;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>An event of a live test.</summary>
/// <param name="Name">The path of an example, or the name of a test of a rule.</param>
/// <param name="Event">The event as the project has it.</param>
/// <param name="Entry">The entry by which it is sent, without an event bus.</param>
/// <param name="Fault">Why it cannot be sent; null if it can.</param>
internal sealed record TestEvent(string Name, JsonObject Event, EventEntry Entry, Message? Fault)
{
    // What PutEvents takes or sets itself: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html.
    private static readonly string[] Known = ["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"];

    /// <summary>The events of a project: its valid examples, and the events of the tests of its rules.</summary>
    /// <param name="project">The project, which has no faults.</param>
    /// <param name="tests">Receives for each test of a rule its event.</param>
    public static IReadOnlyList<TestEvent> Of(Project project, IDictionary<RuleTest, TestEvent> tests)
    {
        Dictionary<string, ProjectExample> examples = project.Examples.ToDictionary(example => example.File.Path, StringComparer.Ordinal);
        Dictionary<string, TestEvent> events = new(StringComparer.Ordinal);
        foreach (ProjectExample example in project.Examples.Where(example => !example.IsInvalid && example.Event is not null))
            events.Add(example.File.Path, Make(example.File.Path, example.Event!));
        foreach (ProjectRule rule in project.Rules)
        {
            foreach (RuleTest test in rule.Tests)
            {
                if (RuleTestCheck.Event(project, test, examples, out _) is not { } document)
                    continue; // The checks that need no account say why.
                string name = test.EventPath ?? $"{rule.Name}/{test.Name}";
                if (test.EventPath is null && events.ContainsKey(name))
                    name = test.File.Path + test.Pointer;
                if (!events.TryGetValue(name, out TestEvent? made))
                    events.Add(name, made = Make(name, document));
                tests[test] = made;
            }
        }

        return [.. events.Values];
    }

    /// <summary>An event of the test's own.</summary>
    /// <param name="now">The time.</param>
    public static TestEvent Probe(DateTimeOffset now) => Make("probe", new JsonObject { ["source"] = "ebops.test", ["detail-type"] = "Probe", ["detail"] = new JsonObject(), ["time"] = EventTime.Of(now) });

    /// <summary>The event as rules see it after it was sent.</summary>
    /// <param name="id">The ID that EventBridge gave it.</param>
    /// <param name="accountId">The account of the sender.</param>
    /// <param name="region">The Region.</param>
    public JsonObject AsSent(string id, string accountId, string region) => new()
    {
        ["version"] = "0",
        ["id"] = id,
        ["detail-type"] = Entry.DetailType,
        ["source"] = Entry.Source,
        ["account"] = accountId,
        ["time"] = EventTime.Of(Entry.Time!.Value),
        ["region"] = region,
        ["resources"] = new JsonArray([.. Entry.Resources.Select(resource => JsonValue.Create(resource))]),
        ["detail"] = Document.Parse(Entry.Detail),
    };

    private static TestEvent Make(string name, JsonObject document)
    {
        Message? fault = document.Select(field => field.Key).FirstOrDefault(key => !Known.Contains(key)) is { } other ? LiveTestMessages.FieldNotSent(other) : null;
        DateTimeOffset? time = document["time"] is { } written ? EventTime.Read(written) : null;
        fault ??= time is null ? LiveTestMessages.TimeNotSent() : null;
        string[] resources = document["resources"] is JsonArray given ? [.. given.Select(resource => Document.Text(resource) ?? "")] : [];
        (EventEntry entry, Message? refused) = EntryCheck.Prepare(
            new EventEntry { Source = document.String("source") ?? "", DetailType = document.String("detail-type") ?? "", Detail = Document.Write(document["detail"]), Resources = resources, Time = time ?? DateTimeOffset.FromUnixTimeSeconds(0), Origin = name }, newId: null);
        return new TestEvent(name, document, entry, fault ?? refused);
    }
}
