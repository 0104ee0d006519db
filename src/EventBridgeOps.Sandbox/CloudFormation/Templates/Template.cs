using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;

namespace EventBridgeOps.Sandbox.CloudFormation.Templates;

/// <summary>A template whose sections have the right form, and whose references lead to something.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html</remarks>
internal sealed class Template
{
    /// <summary>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html</summary>
    private const int MostResources = 500;

    private static readonly string[] Sections =
    [
        "AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Mappings", "Conditions", "Rules", "Transform", "Resources", "Outputs", "Hooks",
    ];

    private static readonly Regex LogicalId = new(@"\A[A-Za-z0-9]{1,255}\z", RegexOptions.CultureInvariant);

    private Template(JsonObject root) => Root = root;

    public JsonObject Root { get; }

    public string? Description => NodeText.Of(Root[nameof(Description)]);

    public string? Version => NodeText.Of(Root["AWSTemplateFormatVersion"]);

    public JsonObject Parameters => Root[nameof(Parameters)] as JsonObject ?? [];

    public JsonObject Mappings => Root[nameof(Mappings)] as JsonObject ?? [];

    public JsonObject Conditions => Root[nameof(Conditions)] as JsonObject ?? [];

    public JsonObject Outputs => Root[nameof(Outputs)] as JsonObject ?? [];

    public IReadOnlyDictionary<string, ResourceDeclaration> Resources { get; private set; } = new Dictionary<string, ResourceDeclaration>();

    /// <summary>Reads and checks a template.</summary>
    /// <exception cref="Wire.AwsError">It is not valid.</exception>
    public static Template Parse(string text)
    {
        Template template = new(TemplateBody.Read(text));
        template.CheckSections();
        template.Resources = template.ReadResources();
        TemplateReferences.Check(template);
        _ = CreationOrder.Of(template);
        return template;
    }

    private void CheckSections()
    {
        string[] unknown = [.. Root.Select(section => section.Key).Where(name => !Sections.Contains(name))];
        if (unknown.Length > 0)
            throw StackErrors.Invalid($"Invalid template property or properties [{string.Join(", ", unknown)}]");
        if (Root["AWSTemplateFormatVersion"] is not null && Version != "2010-09-09")
            throw StackErrors.Format("unsupported value for AWSTemplateFormatVersion.");
        if (Root["Transform"] is not null)
            throw StackErrors.NotSupported(StackMessages.Transform().ToString());
        if (Root["Rules"] is not null || Root["Hooks"] is not null)
            throw StackErrors.NotSupported(StackMessages.Rules().ToString());
        if (Root[nameof(Description)] is not null && NodeText.String(Root[nameof(Description)]) is null)
            throw StackErrors.Format("Every Description member must be a string.");
        if (Description is { Length: > 1024 })
            throw StackErrors.Format("Description length must be less than 1024 bytes.");
        foreach (string name in new[] { "Metadata", "Parameters", "Mappings", "Conditions", "Resources", "Outputs" })
        {
            if (Root[name] is { } section and not JsonObject)
                throw StackErrors.Format($"[/{name}] {(section is JsonArray ? "expects an object, not a list" : "expects an object")}.");
        }

        foreach (KeyValuePair<string, JsonNode?> output in Outputs)
            CheckOutput(output.Key, output.Value);
        foreach (KeyValuePair<string, JsonNode?> map in Mappings)
        {
            if (map.Value is not JsonObject top || top.Any(second => second.Value is not JsonObject))
                throw StackErrors.Format($"Every Mappings attribute must be a map of maps; {map.Key} is not.");
        }
    }

    private static void CheckOutput(string name, JsonNode? value)
    {
        if (!LogicalId.IsMatch(name))
            throw StackErrors.Format($"Output name {name} is non alphanumeric.");
        if (value is not JsonObject output)
            throw StackErrors.Format("Every Outputs member must be an object.");
        if (output["Value"] is null)
            throw StackErrors.Format("Every Outputs member must contain a Value object");
        if (output.Select(member => member.Key).FirstOrDefault(member => member is not ("Value" or "Description" or "Export" or "Condition" or "Type")) is { } unknown)
            throw StackErrors.Format($"[/Outputs/{name}] Encountered unsupported property {unknown}");
        if (output["Export"] is not null && (output["Export"] as JsonObject)?["Name"] is null)
            throw StackErrors.Format($"[/Outputs/{name}/Export] 'Name' is required.");
    }

    private Dictionary<string, ResourceDeclaration> ReadResources()
    {
        if (Root[nameof(Resources)] is not JsonObject { Count: > 0 } declared)
            throw StackErrors.Format("At least one Resources member must be defined.");
        if (declared.Count > MostResources)
            throw StackErrors.Format(StackMessages.TooManyResources(MostResources).ToString());
        Dictionary<string, ResourceDeclaration> resources = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, JsonNode?> resource in declared)
        {
            if (resource.Key.StartsWith("Fn::", StringComparison.Ordinal))
                throw StackErrors.NotSupported(StackMessages.Transform().ToString());
            if (!LogicalId.IsMatch(resource.Key))
                throw StackErrors.Format($"Resource name {resource.Key} is non alphanumeric.");
            if (Parameters.ContainsKey(resource.Key))
                throw StackErrors.Format($"Resource name {resource.Key} is also the name of a parameter.");
            resources[resource.Key] = ResourceDeclaration.Read(resource.Key, resource.Value);
        }

        return resources;
    }
}
