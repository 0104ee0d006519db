using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.Templates;

/// <summary>A project as a CloudFormation template.</summary>
public sealed record ProjectTemplate
{
    private static readonly string[] Names = ["RoleName", "ManagedPolicyName", "UserName", "GroupName", "InstanceProfileName"];

    /// <summary>The template of the stack, with functions in their long form (<c>Fn::GetAtt</c>).</summary>
    public required JsonObject Root { get; init; }

    /// <summary>
    /// The templates of nested stacks by the names of their files, which are what the template of the stack expects below <see cref="TemplateSplit.Bucket"/> and
    /// <see cref="TemplateSplit.Prefix"/>. Empty unless the project is too large for one template.
    /// </summary>
    public IReadOnlyDictionary<string, JsonObject> Nested { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>The values of the parameters of the template, without those that say where nested templates are.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>What could not be said in the template in the way in which the project says it.</summary>
    public IReadOnlyList<TemplateWarning> Warnings { get; init; } = [];

    /// <summary>The name of the stack: <c>{project}-{environment}</c>, at most 81 letters, digits and hyphens.</summary>
    public required string StackName { get; init; }

    /// <summary>What CloudFormation must be told that the template does: <c>CAPABILITY_IAM</c>, <c>CAPABILITY_NAMED_IAM</c>.</summary>
    public IReadOnlyList<string> Capabilities => NamesIdentities ? ["CAPABILITY_NAMED_IAM"] : ["CAPABILITY_IAM"];

    /// <summary>Whether a role or policy has a name that the template says.</summary>
    internal bool NamesIdentities => new[] { Root }.Concat(Nested.Values).SelectMany(template => template["Resources"]!.AsObject()).Any(resource => Names.Any(name => resource.Value!["Properties"]?[name] is not null));

    /// <summary>The tags of the stack: <c>project</c>, <c>environment</c>, and those of <c>ebproject.yaml</c>.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }
}

/// <summary>What could not be said in a template as the project says it.</summary>
/// <param name="Item">Of what: a schema, a rule with a target (<c>rule/target</c>), or a setting.</param>
/// <param name="File">The file; null for the project as a whole.</param>
/// <param name="Pointer">The place in the file, as a JSON pointer (RFC 6901); empty for the file as a whole.</param>
/// <param name="Message">What is different, and what to do.</param>
public sealed record TemplateWarning(string Item, string? File, string Pointer, Message Message)
{
    /// <summary>Whether the stack will not work as the project says, instead of saying less.</summary>
    public bool IsFault { get; init; }
}
