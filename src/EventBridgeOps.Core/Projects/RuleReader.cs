using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects;

/// <summary>Reads rules and their tests. What their JSON Schemas accept can be read.</summary>
internal static class RuleReader
{
    public static ProjectRule? Read(ProjectText file, string name, ProjectText? tests, ICollection<ProjectFault> faults)
    {
        IReadOnlyList<RuleTest> beside = tests is not null && Checked(tests, EditorSchema.Tests, faults) is { } given ? Tests(tests, given) : [];
        if (Checked(file, EditorSchema.Rule, faults) is not { } document)
            return null;
        return new ProjectRule
        {
            Name = name,
            File = file,
            Description = document.String("description"),
            IsEnabled = SettingsReader.IsTrue(document["enabled"], true),
            BusName = document.String("bus"),
            Pattern = document["pattern"]!.AsObject(),
            Targets = [.. document["targets"]!.AsObject().Select(target => Target(target.Key, target.Value!.AsObject()))],
            Tests = [.. Tests(file, document), .. beside],
        };
    }

    private static JsonObject? Checked(ProjectText file, EditorSchema schema, ICollection<ProjectFault> faults)
    {
        JsonObject? document = file.Read(out ProjectFault? fault);
        IReadOnlyList<ProjectFault> found = document is null ? [fault!] : schema.Check(file, document);
        foreach (ProjectFault each in found)
            faults.Add(each);
        return found.Count > 0 ? null : document;
    }

    private static ProjectTarget Target(string id, JsonObject given) => new()
    {
        Id = id,
        Arn = given["arn"]!,
        Input = Input(given),
        DeadLetterQueue = SettingsReader.Queue(given["deadLetterQueue"]),
        Emits = SettingsReader.Texts(given["emits"]),
        Settings = given,
        Pointer = JsonPointers.Add("/targets", id),
    };

    private static JsonObject Input(JsonObject given)
    {
        JsonObject input = [];
        if (given["input"] is { } constant)
            input["Input"] = constant.GetValueKind() == JsonValueKind.String ? constant.DeepClone() : Document.Write(constant);
        if (given["inputPath"] is { } path)
            input["InputPath"] = path.DeepClone();
        if (given["inputTransformer"] is JsonObject transformer)
        {
            JsonObject made = new() { ["InputTemplate"] = transformer["inputTemplate"]!.DeepClone() };
            if (transformer["inputPathsMap"] is { } paths)
                made["InputPathsMap"] = paths.DeepClone();
            input["InputTransformer"] = made;
        }

        return input;
    }

    private static IReadOnlyList<RuleTest> Tests(ProjectText file, JsonObject document) =>
        document["tests"] is JsonArray tests ? [.. tests.Select((test, index) => Test(file, test!.AsObject(), index))] : [];

    private static RuleTest Test(ProjectText file, JsonObject given, int index) => new()
    {
        Name = given.String("name") ?? given.String("event") ?? (index + 1).ToString(CultureInfo.InvariantCulture),
        File = file,
        Pointer = JsonPointers.Add("/tests", index),
        EventPath = given.String("event"),
        Event = given["event"] as JsonObject,
        Matches = SettingsReader.IsTrue(given["matches"], true),
        Inputs = (given["inputs"] as JsonObject ?? []).ToDictionary(input => input.Key, input => input.Value, StringComparer.Ordinal),
    };
}
