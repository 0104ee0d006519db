using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Projects.Templates;

/// <summary>Some resources of a template, as a nested stack: what they refer to outside becomes a parameter.</summary>
internal sealed class NestedStack
{
    private readonly HashSet<string> _ids;
    private readonly JsonObject _resources = [];
    private readonly SortedSet<string> _after = new(StringComparer.Ordinal);

    /// <summary>Takes resources out of a template.</summary>
    /// <param name="name">The name.</param>
    /// <param name="root">The template.</param>
    /// <param name="ids">The logical IDs of the resources.</param>
    public NestedStack(string name, JsonObject root, IReadOnlyList<string> ids)
    {
        (Name, _ids) = (name, [.. ids]);
        foreach (string id in ids)
            _resources.Add(id, Taken(root["Resources"]![id]!.AsObject()));
        Bytes = TemplateSplit.Bytes(_resources);
    }

    public string Name { get; }

    public string LogicalId => string.Concat(Name.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1))) + "Stack";

    public int Count => _ids.Count;

    public int Bytes { get; }

    /// <summary>The values of the parameters, in the template of the stack.</summary>
    public SortedDictionary<string, JsonObject> Parameters { get; } = new(StringComparer.Ordinal);

    /// <summary>The template. It takes the outputs that say something of its resources.</summary>
    public JsonObject Template(JsonObject outputs)
    {
        JsonObject own = [];
        foreach (KeyValuePair<string, JsonNode?> output in outputs.Where(output => Functions.References(output.Value).Any(reference => _ids.Contains(reference.Id))).ToArray())
        {
            outputs.Remove(output.Key);
            own.Add(output.Key, output.Value?.DeepClone());
        }

        JsonObject template = new()
        {
            ["AWSTemplateFormatVersion"] = "2010-09-09",
            [nameof(Parameters)] = new JsonObject(Parameters.Keys.Select(name => new KeyValuePair<string, JsonNode?>(name, new JsonObject { ["Type"] = "String" }))),
            ["Resources"] = _resources.DeepClone(),
        };
        if (own.Count > 0)
            template["Outputs"] = own;
        return template;
    }

    /// <summary>The resource in the template of the stack.</summary>
    public JsonObject Resource(string file, JsonNode tags)
    {
        JsonObject resource = new() { ["Type"] = "AWS::CloudFormation::Stack" };
        if (_after.Count > 0)
            resource["DependsOn"] = new JsonArray([.. _after.Select(id => (JsonNode)id)]);
        resource["Properties"] = new JsonObject
        {
            // A name that changes with the content lets CloudFormation see the change, and go back to what was before.
            ["TemplateURL"] = Functions.Sub($"https://${{{TemplateSplit.Bucket}}}.s3.${{AWS::Region}}.${{AWS::URLSuffix}}/${{{TemplateSplit.Prefix}}}{file}"),
            [nameof(Parameters)] = new JsonObject(Parameters.Select(parameter => new KeyValuePair<string, JsonNode?>(parameter.Key, parameter.Value.DeepClone()))),
            ["Tags"] = tags,
        };
        return resource;
    }

    private JsonObject Taken(JsonObject resource)
    {
        JsonObject taken = (JsonObject)Functions.Replaced(resource, Parameter)!;
        JsonNode? after = taken["DependsOn"];
        taken.Remove("DependsOn");
        string[] ids = [.. (after is JsonArray several ? several : [after?.DeepClone()]).Select(Document.Text).OfType<string>()];
        _after.UnionWith(ids.Where(id => !_ids.Contains(id)));
        string[] inside = [.. ids.Where(_ids.Contains)];
        if (inside.Length > 0)
            taken["DependsOn"] = new JsonArray([.. inside.Select(id => (JsonNode)id)]);
        return taken;
    }

    private JsonObject? Parameter(string id, string? attribute)
    {
        if (_ids.Contains(id) || id.StartsWith("AWS::", StringComparison.Ordinal))
            return null;
        string name = string.Concat((id + attribute).Where(char.IsLetterOrDigit));
        // An attribute says more than a parameter of the same name: that its resource comes first.
        if (attribute is not null || !Parameters.ContainsKey(name))
            Parameters[name] = attribute is null ? Functions.Ref(id) : Functions.GetAtt(id, attribute);
        return Functions.Ref(name);
    }
}
