using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Events.Rules;

/// <summary>Reads rules with their targets from files.</summary>
/// <remarks>
/// Taken are, told apart by what is in them: what <c>aws events describe-rule</c>, <c>list-rules</c> and <c>list-targets-by-rule</c> print; what <c>Get-EbRule</c>
/// (<c>ebops rules list --output json</c>) gives; such a rule with a <c>Targets</c> list of its own, or a list of them; CloudFormation templates in JSON
/// and YAML; and what <c>terraform show -json</c> prints of a plan or a state. A file of targets is of the rule that its name says,
/// <c>my-rule.targets.json</c>, or of the only rule without targets.
/// </remarks>
public static class RuleFile
{
    private const long LongestFile = 256 * 1024 * 1024;

    /// <summary>The rules of some files.</summary>
    /// <param name="paths">The files' paths.</param>
    /// <param name="observer">Hears of what in them cannot be used.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>, or <see cref="ErrorIds.InvalidRule"/>: a file holds nothing of the kind.</exception>
    public static async Task<IReadOnlyList<RuleSummary>> ReadAsync(IEnumerable<string> paths, IRunObserver observer, CancellationToken cancellationToken)
    {
        List<GivenRule> rules = [];
        List<(string Name, JsonArray Targets)> targets = [];
        foreach (string path in paths)
        {
            string name = Path.GetFileName(path);
            JsonNode content = Parse(name, await LoadAsync(path, cancellationToken));
            if (content is JsonObject list && ServiceRules.TargetsOf(list) is { } found)
                targets.Add((name, found));
            else
                rules.AddRange(Read(content, name, observer));
        }

        foreach ((string name, JsonArray found) in targets)
            Owner(rules, name).Add(found, name, observer);
        return [.. rules.Select(rule => rule.Summarize())];
    }

    /// <summary>The rules in a JSON document, as a file may hold them.</summary>
    /// <param name="content">The document.</param>
    /// <param name="name">What it is, for people.</param>
    /// <param name="observer">Hears of what in it cannot be used.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidRule"/>: it holds no rules.</exception>
    public static IReadOnlyList<RuleSummary> Read(string content, string name, IRunObserver observer) =>
        [.. Read(Parse(name, content), name, observer).Select(rule => rule.Summarize())];

    private static IReadOnlyList<GivenRule> Read(JsonNode content, string name, IRunObserver observer) => content switch
    {
        JsonObject template when CloudFormationRules.IsTemplate(template) => CloudFormationRules.Read(template, name, observer),
        JsonObject plan when TerraformRules.IsPlan(plan) => TerraformRules.Read(plan, name, observer),
        _ => ServiceRules.Read(content, name, observer),
    };

    private static GivenRule Owner(List<GivenRule> rules, string name)
    {
        string stem = Path.GetFileNameWithoutExtension(name);
        foreach (string ending in new[] { ".targets", "-targets", "_targets" })
        {
            if (stem.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && rules.Find(rule => rule.Name == stem.Substring(0, stem.Length - ending.Length)) is { } named)
                return named;
        }

        List<GivenRule> open = rules.FindAll(rule => !rule.HasTargets);
        return open.Count == 1 ? open[0] : throw new OpsException(
            ErrorIds.InvalidRule,
            $"{name} is a list of targets, which does not say of which rule, and {open.Count} of the given rules have no targets. Name the file after the rule (my-rule.targets.json), or give its rule's file alone with it.");
    }

    private static async Task<string> LoadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > LongestFile)
                throw new OpsException(ErrorIds.FileNotReadable, $"{path} has {file.Length / 1024 / 1024} MB; a file of rules has at most {LongestFile / 1024 / 1024}.");
            using MemoryStream bytes = new();
            await file.CopyToAsync(bytes, 81920, cancellationToken);
            bytes.Position = 0;
            using StreamReader reader = new(bytes, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new OpsException(ErrorIds.FileNotReadable, $"{path} cannot be read: {e.Message} Check the path and your rights to it.", e);
        }
    }

    private static JsonNode Parse(string name, string text)
    {
        try
        {
            return text.TrimStart() is { Length: > 0 } start && start[0] is '{' or '['
                ? Document.ParseAny(text)
                : YamlText.Parse(text);
        }
        catch (JsonException e)
        {
            throw new OpsException(ErrorIds.InvalidRule, $"{name} holds no rules: it is not JSON. {EventDocument.Reason(e)}.", e);
        }
        catch (FormatException e)
        {
            throw new OpsException(ErrorIds.InvalidRule, $"{name} holds no rules: it is neither JSON nor YAML. {e.Message}", e);
        }
    }
}
