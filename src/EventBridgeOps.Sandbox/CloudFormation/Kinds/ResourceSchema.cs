using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>The schema of a resource type.</summary>
/// <param name="Attributes">The attributes that <c>Fn::GetAtt</c> returns.</param>
/// <param name="Properties">Its properties.</param>
internal sealed record ResourceSchema(IReadOnlyCollection<string> Attributes, PropertyShape Properties)
{
    private static readonly Lazy<Dictionary<string, ResourceSchema>> All = new(Read);

    /// <summary>The schema of a type; null for a type that the sandbox does not simulate.</summary>
    public static ResourceSchema? Of(string type) => All.Value.TryGetValue(type, out ResourceSchema? schema) ? schema : null;

    /// <summary>Whether <c>Fn::GetAtt</c> has an attribute: those of the schema, the properties, which the service returns too, and the outputs of a nested stack.</summary>
    public bool HasAttribute(string name) => Attributes.Contains(name) || Properties.Names.Contains(name) || Attributes.Contains(name.Split('.')[0] + ".*");

    /// <summary>Checks the properties of a resource.</summary>
    /// <exception cref="AwsError">They are not valid; the message has all faults.</exception>
    public RawDocument Check(string logicalId, JsonElement properties)
    {
        List<string> faults = [];
        JsonElement result = Properties.Checked("#", properties, faults);
        return faults.Count == 0
            ? RawDocument.From(result)
            : throw new AwsError(400, "InvalidRequest", $"Properties validation failed for resource {logicalId} with message:\n{string.Join("\n", faults)}");
    }

    private static Dictionary<string, ResourceSchema> Read()
    {
        Dictionary<string, ResourceSchema> all = new(StringComparer.Ordinal);
        using StreamReader reader = new(typeof(ResourceSchema).Assembly.GetManifestResourceStream("resources.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            string[] parts = line.Split('|');
            all[parts[0].Trim()] = new(parts[1].Split([' '], StringSplitOptions.RemoveEmptyEntries), PropertyShape.Read(parts[2].Trim()));
        }

        return all;
    }
}
