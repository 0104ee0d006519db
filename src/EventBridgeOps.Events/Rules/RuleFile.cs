using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Events.Templates;

namespace EventBridgeOps.Events.Rules;

/// <summary>Reads rules with their targets from files.</summary>
/// <remarks>
/// The format is detected by content. Accepted are: the output of <c>aws events describe-rule</c>, <c>list-rules</c> and <c>list-targets-by-rule</c>; the output of <c>Get-EbRule</c>
/// (<c>ebops rule list --output json</c>); such a rule with a <c>Targets</c> list of its own, or a list of them; CloudFormation templates in JSON
/// and YAML, also of AWS SAM, of the AWS CDK (<c>cdk.out</c>), of the Serverless Framework (<c>.serverless</c>) and as <c>aws cloudformation get-template</c> returns them; and the output of
/// <c>terraform show -json</c> for a plan or a state. A file of targets belongs to the rule in its name, <c>my-rule.targets.json</c>, or to the only rule without targets.
/// </remarks>
public static class RuleFile
{
    private const long LongestFile = 256 * 1024 * 1024;

    private static readonly IReadOnlyDictionary<string, string> NoParameters = new Dictionary<string, string>();

    /// <summary>Reads the rules of files.</summary>
    /// <param name="paths">The files' paths.</param>
    /// <param name="observer">Receives what in them cannot be used.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>, or <see cref="ErrorIds.InvalidRule"/>: a file does not contain rules.</exception>
    public static Task<IReadOnlyList<RuleSummary>> ReadAsync(IEnumerable<string> paths, IRunObserver observer, CancellationToken cancellationToken) =>
        ReadAsync(paths, NoParameters, observer, cancellationToken);

    /// <summary>Reads the rules of files.</summary>
    /// <param name="paths">The files' paths.</param>
    /// <param name="parameters">Values for what templates leave open: parameters, pseudo parameters such as <c>AWS::Region</c>, and anything else by the symbol that stands for it.</param>
    /// <param name="observer">Receives what in them cannot be used, and what is not known.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>; <see cref="ErrorIds.InvalidRule"/>: a file does not contain rules; <see cref="ErrorIds.InvalidArgument"/>: a template does not allow a value.</exception>
    public static async Task<IReadOnlyList<RuleSummary>> ReadAsync(IEnumerable<string> paths, IReadOnlyDictionary<string, string> parameters, IRunObserver observer, CancellationToken cancellationToken)
    {
        List<GivenRule> rules = [];
        List<(string Name, JsonArray Targets)> targets = [];
        List<OpsException> empty = [];
        bool isIncomplete = false;
        UsedParameters used = new(parameters);
        foreach (string path in paths)
        {
            string name = Path.GetFileName(path);
            JsonNode content = Parse(name, await LoadAsync(path, cancellationToken), observer);
            if (content is JsonObject list && ServiceRules.TargetsOf(list) is { } found)
            {
                targets.Add((name, found));
                continue;
            }

            RulesRead read = Read(content, name, used, observer);
            rules.AddRange(read.Rules);
            isIncomplete |= read.Found == RulesFound.NotRead;
            if (read.Found == RulesFound.None)
                empty.Add(new OpsException(ErrorIds.InvalidRule, Empty(name, content)));
        }

        // One of several files may be without rules; that nothing was read at all must not pass as a success.
        if (rules.Count == 0 && (empty.Count > 0 || isIncomplete))
            throw empty.Count > 0 ? empty[0] : new OpsException(ErrorIds.InvalidRule, RuleFileMessages.NoneRead());
        empty.ForEach(error => observer.Failed(new ItemFailure(error, null)));
        if (used.Unused is { Count: > 0 } unused)
            observer.Warning(RuleFileMessages.NotUsed(unused));
        foreach ((string name, JsonArray found) in targets)
            Owner(rules, name).Add(found, name, observer);
        return Summarize(rules, observer);
    }

    /// <summary>Reads the rules of a JSON document, in any of the formats of files.</summary>
    /// <param name="content">The document.</param>
    /// <param name="name">What it is, for people.</param>
    /// <param name="observer">Receives what in it cannot be used.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidRule"/>: it does not contain rules.</exception>
    public static IReadOnlyList<RuleSummary> Read(string content, string name, IRunObserver observer) => Read(content, name, NoParameters, observer);

    /// <summary>Reads the rules of a JSON document, in any of the formats of files.</summary>
    /// <param name="content">The document.</param>
    /// <param name="name">What it is, for people.</param>
    /// <param name="parameters">Values for what a template leaves open.</param>
    /// <param name="observer">Receives what in it cannot be used, and what is not known.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidRule"/>: it does not contain rules. <see cref="ErrorIds.InvalidArgument"/>: a template does not allow a value.</exception>
    public static IReadOnlyList<RuleSummary> Read(string content, string name, IReadOnlyDictionary<string, string> parameters, IRunObserver observer)
    {
        JsonNode document = Parse(name, content, observer);
        RulesRead read = Read(document, name, parameters, observer);
        return read.Found == RulesFound.None ? throw new OpsException(ErrorIds.InvalidRule, Empty(name, document)) : Summarize(read.Rules, observer);
    }

    private static IReadOnlyList<RuleSummary> Summarize(IEnumerable<GivenRule> rules, IRunObserver observer)
    {
        IReadOnlyList<RuleSummary> summaries = [.. rules.Select(rule => rule.Summarize())];
        foreach (Message doubt in summaries.SelectMany(RuleForm.Doubts))
            observer.Warning(doubt);
        return summaries;
    }

    /// <summary>Whether a text contains rules, in any of the formats of files.</summary>
    /// <param name="content">The text.</param>
    /// <param name="name">What it is, for people.</param>
    public static bool HasRules(string content, string name)
    {
        try
        {
            return Read(content, name, SilentObserver.Instance).Count > 0;
        }
        catch (OpsException)
        {
            return false;
        }
    }

    private static RulesRead Read(JsonNode content, string name, IReadOnlyDictionary<string, string> parameters, IRunObserver observer)
    {
        try
        {
            if (content is JsonObject template && CloudFormationRules.IsTemplate(template))
                return CloudFormationRules.Read(template, name, parameters, observer);
            if (OtherForms.Of(name, content) is { } other)
                throw new OpsException(ErrorIds.InvalidRule, other);
            IReadOnlyList<GivenRule> rules = content is JsonObject plan && TerraformRules.IsPlan(plan) ? TerraformRules.Read(plan, name, observer) : ServiceRules.Read(content, name, observer);
            return new RulesRead(rules, rules.Count > 0 ? RulesFound.Yes : RulesFound.None);
        }
        catch (YamlFaultException e)
        {
            throw new OpsException(ErrorIds.InvalidRule, RuleFileMessages.InSource(name, e.Said), e);
        }
    }

    private static Message Empty(string name, JsonNode content) => content is not JsonObject document ? RuleFileMessages.EmptyList(name)
        : CloudFormationRules.IsTemplate(document) ? RuleFileMessages.NoRulesInTemplate(name)
        : TerraformRules.IsPlan(document) ? RuleFileMessages.NoRulesInPlan(name)
        : RuleFileMessages.EmptyList(name);

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

    private static JsonNode Parse(string name, string text, IRunObserver observer)
    {
        if (OtherForms.OfText(name, text) is { } other)
            throw new OpsException(ErrorIds.InvalidRule, other);
        JsonNode content = Parse(name, text, said => observer.Warning(RuleFileMessages.InSource(name, said)));

        // What 'aws cloudformation get-template' returns: a template in JSON format as an object, one in YAML as a text.
        if (content is not JsonObject { } answer || answer["TemplateBody"] is not { } body || answer["Resources"] is not null)
            return content;
        return Document.Text(body) is { } template ? Parse(name, template, observer) : body.DeepClone();
    }

    private static JsonNode Parse(string name, string text, Action<Message> warn)
    {
        try
        {
            return text.TrimStart() is { Length: > 0 } start && start[0] is '{' or '['
                ? Json(text, warn)
                : YamlText.Parse(text, warn);
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

    // A template that is not quite JSON may be YAML in its flow style, in which CloudFormation reads it.
    private static JsonNode Json(string text, Action<Message> warn)
    {
        try
        {
            return Document.ParseAny(text);
        }
        catch (JsonException)
        {
            List<Message> said = [];
            if (Yaml(text, said.Add) is not JsonObject template || !CloudFormationRules.IsTemplate(template))
                throw;
            said.ForEach(warn);
            return template;
        }
    }

    private static JsonNode? Yaml(string text, Action<Message> warn)
    {
        try
        {
            return YamlText.Parse(text, warn);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Given parameters, and which of them no template asked for.</summary>
    private sealed class UsedParameters(IReadOnlyDictionary<string, string> given) : IReadOnlyDictionary<string, string>
    {
        private readonly HashSet<string> _used = new(StringComparer.Ordinal);

        public IReadOnlyList<string> Unused => [.. given.Keys.Where(name => !_used.Contains(name)).OrderBy(name => name, StringComparer.Ordinal)];

        public IEnumerable<string> Keys => given.Keys;

        public IEnumerable<string> Values => given.Values;

        public int Count => given.Count;

        public string this[string key] => given[key];

        public bool ContainsKey(string key) => given.ContainsKey(key);

        public bool TryGetValue(string key, out string value)
        {
            _used.Add(key);
            bool isGiven = given.TryGetValue(key, out string? found);
            value = found!;
            return isGiven;
        }

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => given.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
