using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Sandbox.CloudFormation.Kinds;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.CloudFormation.Templates;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>What a deployment would change of a stack.</summary>
internal sealed class StackPreview
{
    private readonly Stack stack;
    private readonly StackInput input;
    private readonly Evaluation evaluation;
    private readonly HashSet<string> later;
    private readonly bool tagsDiffer;
    private readonly List<RawDocument> changes = [];

    private StackPreview(Operation operation, Stack stack, StackInput input)
    {
        (this.stack, this.input) = (stack, input);
        later = new(input.Template.Resources.Keys.Where(id => !IsThere(id)), StringComparer.Ordinal);
        evaluation = new(input.Template, input.Seen(), stack.Place(), new StackValues(operation, stack, input.Template, new List<string>()) { Later = later });
        tagsDiffer = input.Tags.ToString() != stack.Tags.ToString();
    }

    /// <summary>The changes of resources, as DescribeChangeSet shows them.</summary>
    /// <exception cref="AwsError">The template changes what cannot be changed.</exception>
    public static IReadOnlyList<RawDocument> Changes(Operation operation, Stack stack, StackInput input) => new StackPreview(operation, stack, input).Compare();

    /// <summary>Whether anything of a stack would change: a resource, an output or a tag.</summary>
    public static bool IsAny(Operation operation, Stack stack, StackInput input) =>
        stack.Status is "UPDATE_FAILED" or "CREATE_FAILED"
        || Changes(operation, stack, input).Count > 0
        || input.Tags.ToString() != stack.Tags.ToString()
        || !JsonNode.DeepEquals(input.Template.Root["Outputs"], stack.Template().Root["Outputs"])
        || OutputsDiffer(operation, stack, input);

    private static bool OutputsDiffer(Operation operation, Stack stack, StackInput input)
    {
        // Nothing of the resources changes, so all values are known.
        Evaluation evaluation = new(input.Template, input.Seen(), stack.Place(), new StackValues(operation, stack, input.Template, new List<string>()) { Later = new HashSet<string>() });
        Dictionary<string, string?> before = stack.Document.List("Outputs").Select(RawDocument.From).ToDictionary(output => output.Text("OutputKey")!, output => output.Text("OutputValue"), StringComparer.Ordinal);
        try
        {
            Dictionary<string, string?> after = input.Template.Outputs
                .Where(output => evaluation.Holds(NodeText.String(((JsonObject)output.Value!)["Condition"])))
                .ToDictionary(output => output.Key, output => NodeText.Of(evaluation.Value(((JsonObject)output.Value!)["Value"])), StringComparer.Ordinal);
            return after.Count != before.Count || after.Any(output => !before.TryGetValue(output.Key, out string? value) || value != output.Value);
        }
        catch (Exception e) when (e is NotYetKnownException or AwsError)
        {
            return true;
        }
    }

    private bool IsThere(string logicalId) => stack.Resources.Find(logicalId) is { } row && StackResource.Exists(row);

    private List<RawDocument> Compare()
    {
        IReadOnlyDictionary<string, IReadOnlyCollection<string>> order = CreationOrder.Of(input.Template);
        Dictionary<string, ResourceDeclaration> existing = evaluation.Existing().ToDictionary(resource => resource.LogicalId, StringComparer.Ordinal);
        CheckTypes(existing.Values);
        HashSet<string> done = new(StringComparer.Ordinal);
        while (done.Count < existing.Count)
        {
            foreach (string id in existing.Keys.Where(id => !done.Contains(id) && order[id].All(other => done.Contains(other) || !existing.ContainsKey(other))).ToList())
            {
                done.Add(id);
                Compare(existing[id]);
            }
        }

        foreach (KeyValuePair<string, RawDocument> row in stack.Resources.Where(row => !existing.ContainsKey(row.Key) && StackResource.Exists(row.Value)))
        {
            changes.Add(Change("Remove", row.Key, row.Value.Text("ResourceType")!, row.Value.Text("PhysicalResourceId"))
                .With("PolicyAction", row.Value.Text("deletionPolicy") == ResourceDeclaration.Delete ? "Delete" : "Retain"));
        }

        return changes.ConvertAll(change => RawDocument.Empty.With("Type", "Resource").With("ResourceChange", change));
    }

    private void CheckTypes(IEnumerable<ResourceDeclaration> resources)
    {
        string[] changed = [.. resources.Where(resource => IsThere(resource.LogicalId) && stack.Resources[resource.LogicalId].Text("ResourceType") != resource.Type).Select(resource => resource.LogicalId)];
        if (changed.Length > 0)
        {
            throw StackErrors.Invalid(
                $"Update of resource type is not permitted. The new template modifies resource type of the following resources: [{string.Join(", ", changed)}]");
        }
    }

    private void Compare(ResourceDeclaration declared)
    {
        if (!IsThere(declared.LogicalId))
        {
            changes.Add(Change("Add", declared.LogicalId, declared.Type, null));
            return;
        }

        RawDocument row = stack.Resources[declared.LogicalId];
        ResourceKind kind = ResourceKinds.Of(declared.Type)!;
        ResourceSchema schema = ResourceSchema.Of(declared.Type)!;
        (RawDocument after, string[] unknown) = Evaluate(declared, schema);
        ResourceChange change = ResourceChange.Of(
            kind, schema, row.Object("properties")!.Without(unknown), after, tagsDiffer && schema.Properties.Names.Contains("Tags"));
        string[] maybe = [.. unknown.Intersect(schema.Properties.CreateOnly.Concat(kind.AlsoReplacing))];
        bool metadataDiffers = !JsonNode.DeepEquals(declared.Metadata ?? new JsonObject(), JsonNode.Parse(row.Text("metadata") ?? "{}"));
        if (!change.IsAny && unknown.Length == 0 && !metadataDiffers && !kind.IsNested)
            return;

        string replacement = change.Replaces ? "True" : maybe.Length > 0 ? "Conditional" : "False";
        string[] names = [.. change.Names.Where(name => name != "Tags"), .. unknown];
        string[] scope = [.. new[] { names.Length > 0 || kind.IsNested ? "Properties" : "", change.Names.Contains("Tags") ? "Tags" : "", metadataDiffers ? "Metadata" : "" }.Where(one => one.Length > 0)];
        if (replacement != "False" || kind.IsRenewed || kind.IsNested)
            later.Add(declared.LogicalId);
        changes.Add(Change("Modify", declared.LogicalId, declared.Type, row.Text("PhysicalResourceId"))
            .With("Replacement", replacement)
            .With("PolicyAction", replacement == "False" ? null : declared.UpdateReplacePolicy == ResourceDeclaration.Delete ? "ReplaceAndDelete" : "ReplaceAndRetain")
            .With("Scope", scope)
            .With("Details", names.Select(name => Detail(name, unknown.Contains(name), change.Replacing.Contains(name), maybe.Contains(name)))
                .Concat(change.Names.Contains("Tags") ? [TagDetail()] : [])
                .Concat(metadataDiffers ? [MetadataDetail()] : [])
                .Concat(kind.IsNested ? [NestedDetail()] : [])));
    }

    private (RawDocument Known, string[] Unknown) Evaluate(ResourceDeclaration declared, ResourceSchema schema)
    {
        JsonObject known = [];
        List<string> unknown = [];
        foreach (KeyValuePair<string, JsonNode?> property in declared.Properties)
        {
            try
            {
                if (evaluation.Value(property.Value) is { } value)
                    known[property.Key] = value;
            }
            catch (NotYetKnownException)
            {
                unknown.Add(property.Key);
            }
        }

        JsonElement element = Json.Parse(known.ToJsonString());
        // What is not valid shows when the resource is changed; a required property may be among those that are not known yet.
        return (RawDocument.From(schema.Properties.Checked("#", element, [])), [.. unknown]);
    }

    private static RawDocument Change(string action, string logicalId, string type, string? physicalId) => RawDocument.Empty
        .With("Action", action)
        .With("LogicalResourceId", logicalId)
        .With("PhysicalResourceId", physicalId)
        .With("ResourceType", type)
        .With("Scope", Array.Empty<string>())
        .With("Details", Array.Empty<RawDocument>());

    private static RawDocument Detail(string name, bool isUnknown, bool replaces, bool mayReplace) => RawDocument.Empty
        .With("Target", RawDocument.Empty
            .With("Attribute", "Properties")
            .With("Name", name)
            .With("RequiresRecreation", replaces ? "Always" : mayReplace ? "Conditionally" : "Never"))
        .With("Evaluation", isUnknown ? "Dynamic" : "Static")
        .With("ChangeSource", isUnknown ? "ResourceReference" : "DirectModification");

    /// <summary>The template of a nested stack may be another one: that is known only when the stack is updated.</summary>
    private static RawDocument NestedDetail() => RawDocument.Empty
        .With("Target", RawDocument.Empty.With("Attribute", "Properties").With("RequiresRecreation", "Never"))
        .With("Evaluation", "Dynamic")
        .With("ChangeSource", "Automatic");

    private static RawDocument TagDetail() => RawDocument.Empty
        .With("Target", RawDocument.Empty.With("Attribute", "Tags").With("RequiresRecreation", "Never"))
        .With("Evaluation", "Static")
        .With("ChangeSource", "DirectModification");

    private static RawDocument MetadataDetail() => RawDocument.Empty
        .With("Target", RawDocument.Empty.With("Attribute", "Metadata").With("RequiresRecreation", "Never"))
        .With("Evaluation", "Static")
        .With("ChangeSource", "DirectModification");
}
