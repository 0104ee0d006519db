using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;

namespace EventBridgeOps.Sandbox.CloudFormation.Templates;

/// <summary>A resource as a template declares it.</summary>
/// <param name="LogicalId">The name of the resource in the template.</param>
/// <param name="Type">For example <c>AWS::SQS::Queue</c>.</param>
/// <param name="Properties">Its properties, with their functions.</param>
/// <param name="Condition">The condition that decides whether it exists; null if it always does.</param>
/// <param name="DependsOn">The logical IDs of the resources that it names after <c>DependsOn</c>.</param>
/// <param name="DeletionPolicy">Delete, Retain or RetainExceptOnCreate.</param>
/// <param name="UpdateReplacePolicy">Delete or Retain.</param>
/// <param name="Metadata">What the template says of it to others.</param>
internal sealed record ResourceDeclaration(
    string LogicalId, string Type, JsonObject Properties, string? Condition, string[] DependsOn, string DeletionPolicy, string UpdateReplacePolicy, JsonNode? Metadata)
{
    public const string Delete = "Delete";
    public const string Retain = "Retain";
    public const string RetainExceptOnCreate = "RetainExceptOnCreate";

    private static readonly string[] Members =
    [
        "Type", "Properties", "DependsOn", "Condition", "Metadata", "DeletionPolicy", "UpdateReplacePolicy", "CreationPolicy", "UpdatePolicy",
    ];

    private static readonly Regex TypeName = new(@"\A([A-Za-z0-9]{2,64}::){1,3}[A-Za-z0-9_@-]{1,64}\z", RegexOptions.CultureInvariant);

    /// <summary>Reads the declaration of a resource.</summary>
    /// <exception cref="Wire.AwsError">It is not valid.</exception>
    public static ResourceDeclaration Read(string logicalId, JsonNode? node)
    {
        if (node is not JsonObject declared)
            throw StackErrors.Format("Every Resources object must be an object.");
        if (declared.Select(member => member.Key).FirstOrDefault(member => !Members.Contains(member)) is { } unknown)
            throw StackErrors.Invalid($"Invalid template resource property '{unknown}'");
        if (NodeText.String(declared[nameof(Type)]) is not { } type)
            throw StackErrors.Format($"[/Resources/{logicalId}] Every Resources object must contain a Type member.");
        if (!TypeName.IsMatch(type))
            throw StackErrors.Format($"Unrecognized resource types: [{type}]");
        if (declared[nameof(Properties)] is { } properties and not JsonObject)
            throw StackErrors.Format($"[/Resources/{logicalId}/Properties] 'null' or a value that is not an object is not allowed in templates: {properties.GetValueKind()}");
        if (declared["CreationPolicy"] is not null || declared["UpdatePolicy"] is not null)
            throw StackErrors.NotSupported($"CreationPolicy and UpdatePolicy ({logicalId})");
        return new(
            logicalId, type, declared[nameof(Properties)] as JsonObject ?? [], Text(declared, logicalId, "Condition"), NodeText.List(declared[nameof(DependsOn)]),
            Policy(declared, logicalId, "DeletionPolicy", Delete, Retain, RetainExceptOnCreate), Policy(declared, logicalId, "UpdateReplacePolicy", Delete, Retain),
            declared[nameof(Metadata)]);
    }

    private static string? Text(JsonObject declared, string logicalId, string name) => declared[name] is null
        ? null
        : NodeText.String(declared[name]) ?? throw StackErrors.Format($"[/Resources/{logicalId}/{name}] Every {name} member must be a string.");

    private static string Policy(JsonObject declared, string logicalId, string name, params string[] allowed)
    {
        string policy = Text(declared, logicalId, name) ?? Delete;
        if (policy == "Snapshot")
            throw StackErrors.NotSupported($"{name} Snapshot ({logicalId})");
        return allowed.Contains(policy) ? policy : throw StackErrors.Format($"Unrecognized {name} {policy} for resource {logicalId}");
    }
}
