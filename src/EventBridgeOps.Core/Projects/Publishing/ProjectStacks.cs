using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>The stacks of projects.</summary>
internal static class ProjectStacks
{
    /// <summary>The type of an event bus.</summary>
    public const string Bus = "AWS::Events::EventBus";

    /// <summary>The resources of a template and of those in it, as they are declared.</summary>
    public static IEnumerable<KeyValuePair<string, JsonObject>> DeclaredBy(ProjectTemplate template) =>
        from document in new[] { template.Root }.Concat(template.Nested.Values)
        from resource in document["Resources"] as JsonObject ?? []
        where resource.Value is JsonObject
        select new KeyValuePair<string, JsonObject>(resource.Key, (JsonObject)resource.Value!);

    /// <summary>The resources that outlive their stack.</summary>
    public static IEnumerable<string> RetainedBy(ProjectTemplate template) => DeclaredBy(template).Where(resource => resource.Value.String("DeletionPolicy") is "Retain" or "RetainExceptOnCreate").Select(resource => resource.Key);
}

/// <summary>Recognizes the stacks of an environment by their tags.</summary>
/// <param name="tags">The tags of the stacks.</param>
internal sealed class ProjectOwner(IReadOnlyDictionary<string, string> tags) : StackOwner
{
    private static readonly string[] Known = ["project", "environment"];

    public override bool? Owns(Stack stack) => Known.All(name => stack.Tags.TryGetValue(name, out string? value) && value == tags[name]);

    public override Message NotOurs(string name) => PublishMessages.NotOurs(name);
}
