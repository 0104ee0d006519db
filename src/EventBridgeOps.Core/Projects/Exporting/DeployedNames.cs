using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Exporting;

/// <summary>The values of a template as far as they are known before it is deployed, with wildcards for the rest.</summary>
internal sealed class DeployedNames
{
    private readonly string _stackName;
    private readonly JsonObject _template;
    private readonly ProjectEnvironment _environment;
    private readonly ProjectSettings _settings;

    // Of a nested stack: the template that it is in, and the values of its parameters there.
    private readonly DeployedNames? _outer;
    private readonly JsonObject? _arguments;

    private DeployedNames(string stackName, JsonObject template, ProjectEnvironment environment, ProjectSettings settings, DeployedNames? outer, JsonObject? arguments) =>
        (_stackName, _template, _environment, _settings, _outer, _arguments) = (stackName, template, environment, settings, outer, arguments);

    /// <summary>The resources of a template and of the nested templates in it.</summary>
    /// <param name="template">The template.</param>
    /// <param name="environment">Where it is deployed.</param>
    /// <param name="settings">The settings of the project.</param>
    public static IReadOnlyList<DeployedResource> Resources(ProjectTemplate template, ProjectEnvironment environment, ProjectSettings settings)
    {
        DeployedNames root = new(template.StackName, template.Root, environment, settings, null, null);
        List<DeployedResource> all = [.. root.Resources()];
        JsonNode?[] stacks = [.. all.Where(resource => resource.Kind == StackResource.StackKind).Select(resource => resource.Definition["Properties"])];
        foreach (KeyValuePair<string, JsonObject> nested in template.Nested)
        {
            JsonNode? stack = Array.Find(stacks, stack => Document.Text(stack?["TemplateURL"]?["Fn::Sub"])?.EndsWith("}" + nested.Key, StringComparison.Ordinal) == true);
            all.AddRange(new DeployedNames(template.StackName, nested.Value, environment, settings, root, stack?["Parameters"] as JsonObject).Resources());
        }

        return all;
    }

    /// <summary>A text, with <c>*</c> for each part that CloudFormation alone knows.</summary>
    /// <param name="value">A text or a function.</param>
    public string Text(JsonNode? value)
    {
        string text = Filled(value);
        while (text.Contains("**"))
            text = text.Replace("**", "*");
        return text;
    }

    /// <summary>The resource that a value refers to; null if it does not refer to one, or not to one of the project.</summary>
    /// <param name="value">A function.</param>
    public DeployedResource? Own(JsonNode? value)
    {
        if (Functions.Target(value) is not { } target)
            return null;
        if (Find(target.Id) is { } own)
            return own;
        return _arguments?[target.Id] is { } argument ? _outer!.Own(argument) : null;
    }

    /// <summary>What the name begins with that CloudFormation chooses for a resource without one, and <c>*</c>.</summary>
    /// <remarks>It consists of the name of the stack, the logical ID and 12 characters. The first two are cut to the same length if they are too long.</remarks>
    /// <param name="most">The most characters of a name of this kind.</param>
    public string Chosen(int most) => Beginning(_stackName, most) + "*";

    /// <summary>What is left of the name of a stack in the names that CloudFormation chooses.</summary>
    /// <param name="stackName">The name of the stack.</param>
    /// <param name="most">The most characters of a name.</param>
    public static string Beginning(string stackName, int most) => stackName.Length <= (most - 16) / 2 ? stackName : stackName.Substring(0, (most - 16) / 2);

    private IEnumerable<DeployedResource> Resources() => _template["Resources"]!.AsObject().Select(resource => new DeployedResource(this, resource.Key, resource.Value!.AsObject()));

    private DeployedResource? Find(string id) => _template["Resources"]![id] is JsonObject own ? new DeployedResource(this, id, own) : null;

    private string Filled(JsonNode? value)
    {
        if (Document.Text(value) is { } text)
            return text;
        if (Functions.Target(value) is { } target)
            return Value(target.Id, target.Attribute);
        if (value is not JsonObject { Count: 1 } function)
            return "*";
        if (function["Fn::Join"] is JsonArray { Count: 2 } join && join[1] is JsonArray parts)
            return string.Join(Filled(join[0]), parts.Select(Filled));
        JsonObject? own = (function["Fn::Sub"] as JsonArray)?.ElementAtOrDefault(1) as JsonObject;
        string? sub = Document.Text(function["Fn::Sub"]) ?? Document.Text((function["Fn::Sub"] as JsonArray)?.FirstOrDefault());
        return sub is null ? "*" : Functions.Filled(sub, (id, attribute) => own?[attribute is null ? id : $"{id}.{attribute}"] is { } given ? Filled(given) : Value(id, attribute));
    }

    private string Value(string id, string? attribute)
    {
        if (Functions.Resolved(attribute is null ? Functions.Ref(id) : Functions.GetAtt(id, attribute), _environment, _settings) is { } known)
            return known;
        if (id == "AWS::StackName")
            return _outer is null ? _stackName : Chosen(128);
        if (_arguments?[id] is { } argument)
            return _outer!.Filled(argument);
        if (Find(id) is { } own)
            return DeployedArns.Value(own, attribute, _environment) ?? "*";
        // The default value of another type can be the name of a parameter in Systems Manager.
        return _template["Parameters"]?[id] is JsonObject declared && declared.String("Type") == "String" ? declared.String("Default") ?? "*" : "*";
    }
}

/// <summary>A resource of a template.</summary>
/// <param name="Names">The values of its template.</param>
/// <param name="Id">Its logical ID.</param>
/// <param name="Definition">The resource.</param>
internal sealed record DeployedResource(DeployedNames Names, string Id, JsonObject Definition)
{
    /// <summary>Its type in CloudFormation.</summary>
    public string Kind => Definition.String("Type") ?? "";

    /// <summary>A property by its path, for example <c>/Code/S3Bucket</c>; null if the resource does not have it.</summary>
    public JsonNode? At(string path) => JsonPointers.Find(Definition["Properties"], path);

    /// <summary>The values of a property that is a list, or of a property of the elements of a list (<c>/Targets/Arn</c>).</summary>
    public IEnumerable<JsonNode> Each(string list, string? property = null) =>
        (At(list) as JsonArray ?? []).Select(element => property is null ? element : element?[property]).OfType<JsonNode>();
}
