using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Projects.Templates;

/// <summary>Splits a template that is too large into nested stacks.</summary>
/// <remarks>
/// Rules and schemas go where a digest of their names says, so that none moves when another is added; what belongs to a rule goes with it.
/// A nested stack that would become too large itself is split in sixteen.
/// </remarks>
public static class TemplateSplit
{
    /// <summary>The parameter with the name of the bucket of nested templates.</summary>
    public const string Bucket = "TemplateBucket";

    /// <summary>The parameter with what stands before the names of nested templates in the bucket: empty, or a path that ends with a slash.</summary>
    public const string Prefix = "TemplatePrefix";

    // With room for what is added later.
    private const int MostBytes = ProjectLimits.TemplateBytes / 10 * 9;

    private const int MostParameters = ProjectLimits.ParametersPerTemplate - 20;

    /// <summary>Moves rules and schemas out of the template of a stack if it is too large.</summary>
    internal static ProjectTemplate Split(ProjectTemplate template, StackParts parts)
    {
        JsonObject root = template.Root;
        int count = root["Resources"]!.AsObject().Count;
        if (count <= ProjectLimits.ResourcesBeforeSplit && Bytes(root) <= MostBytes)
            return template;
        JsonObject outputs = root["Outputs"] as JsonObject ?? [];
        Dictionary<string, JsonObject> nested = new(StringComparer.Ordinal);
        JsonObject stacks = [];
        foreach (IGrouping<string, string> group in parts.Units.Keys.GroupBy(id => parts.Units[id].Group, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            foreach (NestedStack stack in Divided(root, group, parts, group.Key, 0))
            {
                JsonObject made = stack.Template(outputs);
                string text = Document.Write(made), file = $"{stack.Name}-{LogicalIds.Digest(text)}.json";
                nested.Add(file, made);
                stacks.Add(stack.LogicalId, stack.Resource(file, parts.Tags));
            }
        }

        JsonObject left = root["Resources"]!.AsObject();
        foreach (string id in parts.Units.Keys)
            left.Remove(id);
        foreach (KeyValuePair<string, JsonNode?> stack in stacks)
            left.Add(stack.Key, stack.Value?.DeepClone());
        JsonObject parameters = root["Parameters"]!.AsObject();
        parameters[Bucket] = new JsonObject { ["Type"] = "String", ["Description"] = "The S3 bucket of the nested templates" };
        parameters[Prefix] = new JsonObject { ["Type"] = "String", ["Default"] = "", ["Description"] = "What stands before their names: empty, or a path that ends with a slash" };
        return template with
        {
            Nested = nested,
            Warnings = [.. template.Warnings, new TemplateWarning(parts.Settings.Name, parts.Settings.File.Path, "", TemplateMessages.Split(count, nested.Count))],
        };
    }

    private static IEnumerable<NestedStack> Divided(JsonObject root, IEnumerable<string> ids, StackParts parts, string name, int depth)
    {
        foreach (IGrouping<char, string> bucket in ids.GroupBy(id => LogicalIds.Digest(parts.Units[id].Key)[depth]).OrderBy(bucket => bucket.Key))
        {
            NestedStack stack = new($"{name}{(depth == 0 ? "-" : "")}{bucket.Key}", root, [.. bucket]);
            bool isAlone = bucket.Select(id => parts.Units[id].Key).Distinct(StringComparer.Ordinal).Count() == 1;
            if (isAlone || depth == 7 || (stack.Count <= ProjectLimits.ResourcesBeforeSplit && stack.Parameters.Count <= MostParameters && stack.Bytes <= MostBytes))
                yield return stack;
            else
                foreach (NestedStack part in Divided(root, bucket, parts, stack.Name, depth + 1))
                    yield return part;
        }
    }

    internal static int Bytes(JsonNode template) => Encoding.UTF8.GetByteCount(Document.Write(template));
}
