using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Events.Rules;

/// <summary>Reads rules with their targets from files.</summary>
/// <remarks>
/// The format is detected by content. Accepted are: the output of <c>aws events describe-rule</c>, <c>list-rules</c> and <c>list-targets-by-rule</c>; the output of <c>Get-EbRule</c>
/// (<c>ebops rule list --output json</c>); such a rule with a <c>Targets</c> list of its own, or a list of them; CloudFormation templates in JSON
/// and YAML; and the output of <c>terraform show -json</c> for a plan or a state. A file of targets belongs to the rule in its name,
/// <c>my-rule.targets.json</c>, or to the only rule without targets.
/// </remarks>
public static class RuleFile
{
    private const long LongestFile = 256 * 1024 * 1024;

    /// <summary>Reads the rules of files.</summary>
    /// <param name="paths">The files' paths.</param>
    /// <param name="observer">Receives what in them cannot be used.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>, or <see cref="ErrorIds.InvalidRule"/>: a file does not contain rules.</exception>
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

    /// <summary>Reads the rules of a JSON document, in any of the formats of files.</summary>
    /// <param name="content">The document.</param>
    /// <param name="name">What it is, for people.</param>
    /// <param name="observer">Receives what in it cannot be used.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidRule"/>: it does not contain rules.</exception>
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
        return open.Count == 1 ? open[0] : throw new OpsException(ErrorIds.InvalidRule, RuleFileMessages.TargetsOfWhichRule(name, open.Count));
    }

    private static async Task<string> LoadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > LongestFile)
                throw new OpsException(ErrorIds.FileNotReadable, RuleFileMessages.FileTooLong(path, file.Length / 1024 / 1024, LongestFile / 1024 / 1024));
            using MemoryStream bytes = new();
            await file.CopyToAsync(bytes, 81920, cancellationToken);
            bytes.Position = 0;
            using StreamReader reader = new(bytes, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (InputFile.IsFault(e))
        {
            throw InputFile.NotReadable(path, e);
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
            throw new OpsException(ErrorIds.InvalidRule, RuleFileMessages.NotJson(name, EventDocument.Reason(e)), e);
        }
        catch (FormatException e)
        {
            throw new OpsException(ErrorIds.InvalidRule, RuleFileMessages.NotYaml(name, (e as YamlFaultException)?.Said ?? Message.Verbatim(e.Message)), e);
        }
    }
}
