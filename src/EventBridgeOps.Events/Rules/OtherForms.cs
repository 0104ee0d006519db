using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Rules;

/// <summary>Files that describe rules in a form that is not read, with the way to one that is.</summary>
internal static class OtherForms
{
    private static readonly Regex Hcl = new(
        @"^\s*(resource|module|variable|provider|data|output|terraform|locals|moved|import|check)\b(\s+""[^""]*""){0,2}\s*\{", RegexOptions.CultureInvariant | RegexOptions.Multiline, TimeSpan.FromSeconds(1));

    /// <summary>What a text is; null if it may be a form that is read.</summary>
    public static Message? OfText(string name, string text)
    {
        string start = text.TrimStart();
        return text.StartsWith("PK\u0003\u0004", StringComparison.Ordinal) ? RuleFileMessages.TerraformPlanFile(name)
            : start.StartsWith("{\"@level\"", StringComparison.Ordinal) ? RuleFileMessages.TerraformPlanLines(name)
            : start.Length > 0 && start[0] is not ('{' or '[') && Hcl.IsMatch(text) ? RuleFileMessages.TerraformCode(name)
            : null;
    }

    /// <summary>What a document is; null if it may be a form that is read.</summary>
    public static Message? Of(string name, JsonNode content) => content is not JsonObject document ? null
        : Has(document, "@level", "@message") ? RuleFileMessages.TerraformPlanLines(name)
        : Has(document, "serial", "lineage") || (Has(document, "terraform_version", "resources") && document["version"] is not null) ? RuleFileMessages.TerraformState(name)
        : document["resource"] is JsonObject && !Has(document, "Name") ? RuleFileMessages.TerraformCode(name)
        : Has(document, "deployment") || (document["config"] is JsonObject && document["steps"] is JsonArray) || (Has(document, "name", "runtime") && !Has(document, "service")) ? RuleFileMessages.Pulumi(name)
        : Has(document, "service", "provider") ? RuleFileMessages.Serverless(name)
        : (document["artifacts"] is JsonObject && Has(document, "version")) || document.String("app") is not null ? RuleFileMessages.Cdk(name)
        : Has(document, "StackResources") || Has(document, "StackResourceSummaries") || Has(document, "Stacks") ? RuleFileMessages.StackDescription(name)
        : null;

    private static bool Has(JsonObject document, params string[] fields) => fields.All(document.ContainsKey);
}
