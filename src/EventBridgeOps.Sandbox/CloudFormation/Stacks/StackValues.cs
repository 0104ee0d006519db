using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Sandbox.CloudFormation.Kinds;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.CloudFormation.Templates;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>What the resources of a stack are known by.</summary>
/// <param name="operation">What CloudFormation works on.</param>
/// <param name="stack">The stack; null for a template that is not deployed.</param>
/// <param name="template">Its template.</param>
/// <param name="imported">Receives the names of the values of other stacks that are used.</param>
internal sealed class StackValues(Operation operation, Stack? stack, Template template, ICollection<string> imported) : IResourceValues
{
    /// <summary>The resources whose values are known only later; null while resources are made.</summary>
    public ISet<string>? Later { get; init; }

    public JsonNode Reference(string logicalId) => JsonValue.Create(Known(logicalId).Text("PhysicalResourceId") ?? throw new NotYetKnownException(logicalId));

    public JsonNode Attribute(string logicalId, string name)
    {
        if (template.Resources.TryGetValue(logicalId, out ResourceDeclaration? declared) && ResourceSchema.Of(declared.Type) is { } schema && !schema.HasAttribute(name))
            throw StackErrors.Template($"resource {logicalId} does not support attribute type {name} in Fn::GetAtt");
        RawDocument resource = Known(logicalId);
        JsonElement? value = resource.Object("attributes")?[name] ?? resource.Object("properties")?[name];
        return value is { } known ? TemplateBody.Node(known)! : throw StackErrors.Invalid($"Attribute '{name}' does not exist");
    }

    public string Import(string name)
    {
        if (Later is not null && StackExports.All(operation).Find(name) is null)
            throw new NotYetKnownException(name);
        string value = StackExports.Value(operation, name);
        imported.Add(name);
        return value;
    }

    /// <summary>{{resolve:ssm:name:version}}: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html</summary>
    public string Resolve(string reference)
    {
        string[] parts = reference.Split([':'], 2);
        if (parts[0] != "ssm" || parts.Length < 2)
            throw StackErrors.NotSupported($"the dynamic reference {{{{resolve:{reference}}}}}");
        return StoredParameter.Value(operation, parts[1]) ?? throw StackErrors.Invalid($"Parameters: [ssm:{parts[1]}] cannot be found.");
    }

    private RawDocument Known(string logicalId) => Later?.Contains(logicalId) != true && stack?.Resources.Find(logicalId) is { } resource
        ? resource
        : throw new NotYetKnownException(logicalId);
}

/// <summary>A value of a resource is known only when the resource was made.</summary>
internal sealed class NotYetKnownException(string logicalId) : Exception($"{logicalId} does not exist yet.");

/// <summary>Parameters of Systems Manager.</summary>
internal static class StoredParameter
{
    /// <summary>The value of a parameter; null if there is none that a template may use.</summary>
    public static string? Value(Operation operation, string name)
    {
        try
        {
            RawDocument? found = operation.Account.Calls!.Run(operation.Call with
            {
                Service = "ssm",
                Operation = "GetParameter",
                Input = RawDocument.Empty.With("Name", name),
            }).Object("Parameter");
            return found?.Text("Type") == "SecureString" ? null : found?.Text("Value");
        }
        catch (AwsError)
        {
            return null;
        }
    }
}
