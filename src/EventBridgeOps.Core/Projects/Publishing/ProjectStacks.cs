using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>The stacks of projects.</summary>
internal static class ProjectStacks
{
    /// <summary>The type of a bucket.</summary>
    public const string Bucket = "AWS::S3::Bucket";

    /// <summary>The resources of a template and of those in it, as they are declared.</summary>
    public static IEnumerable<KeyValuePair<string, JsonObject>> DeclaredBy(ProjectTemplate template) =>
        from document in new[] { template.Root }.Concat(template.Nested.Values)
        from resource in document["Resources"] as JsonObject ?? []
        where resource.Value is JsonObject
        select new KeyValuePair<string, JsonObject>(resource.Key, (JsonObject)resource.Value!);

    /// <summary>The resources that outlive their stack, by the template with which it was deployed: the folder may say something else by now.</summary>
    /// <param name="template">The template as it was uploaded.</param>
    /// <returns>Nothing if it is not one of ours, so that everything in the stack counts as lost.</returns>
    public static IEnumerable<string> RetainedBy(string template) =>
        [.. from resource in Read(template)["Resources"] as JsonObject ?? [] where (resource.Value as JsonObject)?.String("DeletionPolicy") is "Retain" or "RetainExceptOnCreate" select resource.Key];

    /// <summary>A template that was deployed.</summary>
    /// <param name="template">The template as it was uploaded.</param>
    /// <returns>Nothing if it is not one of ours.</returns>
    public static JsonObject Read(string template)
    {
        try
        {
            return Document.Parse(template);
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

/// <summary>Recognizes the stacks of an environment by their tags.</summary>
/// <param name="tags">The tags of the stacks.</param>
internal sealed class ProjectOwner(IReadOnlyDictionary<string, string> tags) : StackOwner
{
    private static readonly string[] Known = ["project", "environment"];

    public override bool? Owns(Stack stack) => Known.All(name => stack.Tags.TryGetValue(name, out string? value) && value == tags[name]);

    public override Message NotOurs(string name) => PublishMessages.NotOurs(name);
}
