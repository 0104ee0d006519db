using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;

namespace EventBridgeOps.Sandbox.CloudFormation.Templates;

/// <summary>What the parts of a template refer to.</summary>
internal static class TemplateReferences
{
    /// <summary>The pseudo parameters: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html.</summary>
    public static readonly string[] Pseudo =
    [
        "AWS::AccountId", "AWS::NotificationARNs", "AWS::NoValue", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix",
    ];

    /// <summary>A variable of Fn::Sub; with an exclamation mark it stands for itself.</summary>
    public static readonly Regex Variable = new(@"\$\{(!?)([^{}]*)\}", RegexOptions.CultureInvariant);

    /// <summary>A reference to a resource, a parameter, or an attribute of a resource.</summary>
    /// <param name="Name">The logical ID, or the name of a parameter.</param>
    /// <param name="Attribute">The attribute; null for a plain reference.</param>
    public readonly record struct Reference(string Name, string? Attribute);

    /// <summary>Checks that all references of a template lead to something.</summary>
    /// <exception cref="Wire.AwsError">One does not.</exception>
    public static void Check(Template template)
    {
        foreach (ResourceDeclaration resource in template.Resources.Values)
        {
            CheckAll(template, In(resource.Properties), "Resources");
            string[] missing = [.. resource.DependsOn.Where(name => !template.Resources.ContainsKey(name))];
            if (missing.Length > 0)
                throw StackErrors.Format($"Unresolved resource dependencies [{string.Join(", ", missing)}] in the Resources block of the template");
            if (resource.Condition is { } condition)
                CheckCondition(template, condition);
        }

        foreach (KeyValuePair<string, JsonNode?> output in template.Outputs)
        {
            CheckAll(template, In(output.Value), "Outputs");
            if (NodeText.String((output.Value as JsonObject)?["Condition"]) is { } condition)
                CheckCondition(template, condition);
        }

        foreach (Reference reference in template.Conditions.SelectMany(condition => In(condition.Value)))
        {
            if (!template.Parameters.ContainsKey(reference.Name) && !Pseudo.Contains(reference.Name))
                throw StackErrors.Template($"Unresolved dependencies [{reference.Name}]. Cannot reference resources in the Conditions block of the template");
        }
    }

    /// <summary>All references in a part of a template.</summary>
    public static IEnumerable<Reference> In(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray elements:
                return elements.SelectMany(In);
            case JsonObject { Count: 1 } call when call.First() is { Key: "Ref", Value: var argument }:
                return [new(NodeText.String(argument) ?? throw StackErrors.Format("Every Ref object must have a single String value."), null)];
            case JsonObject { Count: 1 } call when call.First() is { Key: "Fn::GetAtt", Value: var argument }:
                return [Attribute(argument)];
            case JsonObject { Count: 1 } call when call.First() is { Key: "Fn::Sub", Value: var argument }:
                return InText(argument);
            case JsonObject fields:
                return fields.SelectMany(field => In(field.Value));
            default:
                return [];
        }
    }

    /// <summary>The resource and the attribute that Fn::GetAtt names.</summary>
    public static Reference Attribute(JsonNode? argument)
    {
        if (argument is JsonArray { Count: 2 } both && NodeText.String(both[0]) is { } name)
        {
            // The name of an attribute may be computed: it is known later.
            return new(name, NodeText.String(both[1]) ?? "");
        }

        string text = NodeText.String(argument) ?? "";
        int dot = text.IndexOf('.');
        return dot > 0 && dot < text.Length - 1
            ? new(text.Substring(0, dot), text.Substring(dot + 1))
            : throw StackErrors.Template("every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute");
    }

    /// <summary>The text of Fn::Sub and the values of its own.</summary>
    public static (string Text, JsonObject Own) Substitution(JsonNode? argument)
    {
        if (NodeText.String(argument) is { } text)
            return (text, []);
        return argument is JsonArray { Count: 2 } both && NodeText.String(both[0]) is { } first && both[1] is JsonObject own
            ? (first, own)
            : throw StackErrors.Template(
                "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string");
    }

    private static IEnumerable<Reference> InText(JsonNode? argument)
    {
        (string text, JsonObject own) = Substitution(argument);
        return Variable.Matches(text).Cast<Match>()
            .Where(found => found.Groups[1].Length == 0)
            .Select(found => found.Groups[2].Value.Trim())
            .Where(name => !own.ContainsKey(name))
            .Select(Named)
            .Concat(own.SelectMany(value => In(value.Value)));
    }

    private static Reference Named(string name)
    {
        int dot = name.IndexOf('.');
        return dot < 0 ? new(name, null) : new(name.Substring(0, dot), name.Substring(dot + 1));
    }

    private static void CheckAll(Template template, IEnumerable<Reference> references, string block)
    {
        List<string> missing = [];
        foreach (Reference reference in references)
        {
            if (reference.Attribute is null)
            {
                if (!template.Resources.ContainsKey(reference.Name) && !template.Parameters.ContainsKey(reference.Name) && !Pseudo.Contains(reference.Name))
                    missing.Add(reference.Name);
            }
            else if (!template.Resources.ContainsKey(reference.Name))
            {
                throw StackErrors.Template($"instance of Fn::GetAtt references undefined resource {reference.Name}");
            }
        }

        if (missing.Count > 0)
            throw StackErrors.Format($"Unresolved resource dependencies [{string.Join(", ", missing.Distinct())}] in the {block} block of the template");
    }

    private static void CheckCondition(Template template, string name)
    {
        if (!template.Conditions.ContainsKey(name))
            throw StackErrors.Format($"Unresolved condition dependency {name} in the Conditions block of the template");
    }
}
