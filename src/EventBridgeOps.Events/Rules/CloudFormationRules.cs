using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Events.Templates;

namespace EventBridgeOps.Events.Rules;

/// <summary>Reads the rules of a CloudFormation template: its <c>AWS::Events::Rule</c> resources, and those that AWS SAM makes of the events of functions and state machines.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html.</remarks>
internal sealed class CloudFormationRules
{
    private const string Resources = nameof(Resources);
    private const string RuleType = "AWS::Events::Rule";
    private const string Transform = "Fn::Transform";

    private readonly JsonObject _template;
    private readonly TemplateValues _values;
    private readonly string _source;
    private readonly IRunObserver _observer;
    private readonly List<GivenRule> _rules = [];
    private readonly List<string> _notRead = [];

    private CloudFormationRules(JsonObject template, string source, IReadOnlyDictionary<string, string> parameters, IRunObserver observer)
    {
        (_source, _observer) = (source, observer);
        _template = new TemplateLoops(new TemplateValues(template, parameters), said => Warn(said, "Fn::ForEach")).Expand(template);
        _values = new TemplateValues(_template, parameters);
    }

    public static bool IsTemplate(JsonObject document) => document[Resources] is JsonObject resources
        && (document["AWSTemplateFormatVersion"] is not null
            || document[nameof(Transform)] is not null
            || resources.Any(resource => resource.Key.StartsWith("Fn::", StringComparison.Ordinal) || (resource.Value is JsonObject one && (one.String("Type") is not null || one[Transform] is not null))));

    /// <summary>Reads a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="source">Its name, for people.</param>
    /// <param name="parameters">The values that the user gives.</param>
    /// <param name="observer">Receives what is not read, and what is not known.</param>
    /// <exception cref="YamlFaultException">It becomes too large.</exception>
    public static RulesRead Read(JsonObject template, string source, IReadOnlyDictionary<string, string> parameters, IRunObserver observer)
    {
        CloudFormationRules reading = new(template, source, parameters, observer);
        bool any = reading.Read();
        return new RulesRead(reading._rules, any ? RulesFound.Yes : reading._notRead.Count > 0 ? RulesFound.NotRead : RulesFound.None);
    }

    private bool Read()
    {
        foreach (string macro in Macros())
            Warn(RuleFileMessages.MacroNotRun(_source, macro), macro);
        bool any = false;
        foreach (KeyValuePair<string, JsonNode?> resource in _template[Resources]!.AsObject())
        {
            if (resource.Key == Transform)
                NotRead(Transform, resource.Value);
            else if (resource.Value is JsonObject one)
                any |= Read(resource.Key, one);
        }

        if (any && _rules.Count == 0)
            _observer.Warning(RuleFileMessages.NoRuleIsThere(_source));
        return any;
    }

    private bool Read(string logicalId, JsonObject resource)
    {
        if (resource[Transform] is { } transform)
            NotRead(logicalId, transform);
        string type = resource.String("Type") ?? "";
        Truth isThere = Document.Text(resource["Condition"]) is { } name ? _values.Condition(name) : Truth.True;
        if (RuleMakers.IsNotRead(type))
        {
            if (isThere.Value != false)
                Warn(RuleFileMessages.NotRead(_source, logicalId, type), logicalId);
            return false;
        }

        if (type == RuleType)
        {
            Add(logicalId, resource["Properties"] as JsonObject ?? [], isThere);
            return true;
        }

        bool any = false;
        foreach (SamEvent one in SamEvents.Of(logicalId, resource, _template, _values))
        {
            any = true;
            if (one.Rule is { } rule)
                Add(one.LogicalId, rule, isThere);
            else
                _observer.Warning(RuleFileMessages.NotARule(_source, one.LogicalId));
        }

        return any;
    }

    private void Add(string logicalId, JsonObject properties, Truth isThere)
    {
        if (isThere.Value == false)
        {
            _observer.Verbose(RuleFileMessages.NotThere(_source, logicalId));
            return;
        }

        JsonObject rule = [];
        foreach (KeyValuePair<string, JsonNode?> property in properties.Where(property => property.Key != "Targets"))
        {
            if (_values.Of(property.Key == Transform ? new JsonObject { [Transform] = property.Value?.DeepClone() } : property.Value) is { } value)
                rule[property.Key] = value;
        }

        string bus = BusName.Of(TemplateText.Of(rule["EventBusName"]));
        string? name = TemplateText.Of(rule["Name"]) is { Length: > 0 } text ? text : null;
        rule["Name"] = name ?? logicalId;
        rule["Arn"] = _values.RuleArn(TemplateText.Of(rule["EventBusName"]), rule.String("Name")!);
        rule["State"] = TemplateText.Of(rule["State"]) ?? RuleStates.Enabled;
        if (rule["EventPattern"] is JsonObject pattern)
            rule["EventPattern"] = UnknownMark.Write(pattern);
        else if (rule["EventPattern"] is null && rule[Transform] is { } included)
            rule["EventPattern"] = included.DeepClone();
        GivenRule given = new(bus, rule) { Condition = isThere.Symbols, MadeName = name is null ? logicalId : null, Matters = Matters };
        given.Add([], _source, _observer);
        foreach ((JsonNode? target, Truth targetIsThere) in _values.Elements(properties["Targets"]))
        {
            if (target is JsonObject or null)
                given.Add(target, targetIsThere.Symbols, _source, _observer, TemplateText.Of(target?["Arn"]) is { } arn ? _values.ArnExpression(arn) : null);
            else
                _observer.Warning(RuleFileMessages.TargetsComputed(_source, UnknownText.Show(given.Name)));
        }

        _rules.Add(given);
        Tell(given);
    }

    /// <summary>Says what a rule depends on, once for the rule.</summary>
    private void Tell(GivenRule given)
    {
        RuleSummary rule = given.Summarize();
        string[] symbols = [.. rule.UnknownValues.Concat(rule.Targets.SelectMany(target => target.UnknownValues)).Where(value => !IsOwnRevision(value) && value.Path != UnknownValue.Name && (!value.IsOfPlace || value.Path == UnknownValue.Condition)).Select(value => value.Symbol).Distinct()];
        foreach (IGrouping<bool, string> some in symbols.GroupBy(_values.IsSecret))
        {
            (string name, IEnumerable<string> shown) = ($"{rule.EventBusName}/{rule.RuleName}", some.Select(symbol => $"${{{symbol}}}"));
            _observer.Warning(some.Key ? RuleFileMessages.DependsOnSecret(_source, name, shown) : RuleFileMessages.DependsOn(_source, name, shown));
        }
    }

    // That a resource of the template is there, and of what kind it is, is known; only its name is not. The name of a rule decides about inputs only. Roles and descriptions do not change what an event does.
    private bool Matters(UnknownValue value) => value.Path.Split('/')[1] switch
    {
        "EventPattern" or "State" or "EventBusName" or "Name" or "Input" or "InputPath" or "InputTransformer" => true,
        "Id" or "Description" or "RoleArn" or "Tags" or "DeadLetterConfig" or "RetryPolicy" => false,
        _ => !_values.IsResource(value.Symbol) || IsOwnRevision(value),
    };

    /// <summary>Whether it is the revision of a job definition that the template registers: not known, but current.</summary>
    private bool IsOwnRevision(UnknownValue value) => value.Path == "/BatchParameters/JobDefinition" && _values.IsResource(value.Symbol);

    private void NotRead(string logicalId, JsonNode? transform) =>
        Warn(RuleFileMessages.NotRead(_source, logicalId, _values.TextOf((transform as JsonObject)?["Name"]) is { } name ? UnknownText.Show(name) : Transform), logicalId);

    private void Warn(Message said, string what)
    {
        _notRead.Add(what);
        _observer.Warning(said);
    }

    // Macros of AWS that make no rules, or that are read here; any other may make or change some.
    private IEnumerable<string> Macros()
    {
        JsonNode? transform = _template[nameof(Transform)];
        IEnumerable<JsonNode?> all = transform is JsonArray several ? several : new[] { transform };
        return all.Select(macro => Document.Text(macro) ?? (macro as JsonObject)?.String("Name")).OfType<string>().Where(macro => !RuleMakers.IsHarmless(macro));
    }
}

/// <summary>What was read of a file.</summary>
/// <param name="Rules">Its rules.</param>
/// <param name="Found">Whether it has any.</param>
internal sealed record RulesRead(IReadOnlyList<GivenRule> Rules, RulesFound Found);

/// <summary>Whether a file has rules.</summary>
internal enum RulesFound
{
    /// <summary>It has rules, even if the conditions of all of them are false.</summary>
    Yes,

    /// <summary>It has none, but something that may make some was not read, and was said.</summary>
    NotRead,

    /// <summary>It has none.</summary>
    None,
}

/// <summary>What in a template may make rules, and is not read.</summary>
internal static class RuleMakers
{
    private static readonly string[] Types =
    [
        "AWS::CloudFormation::Stack",
        "AWS::CloudFormation::StackSet",
        "AWS::Serverless::Application",
        "AWS::ServiceCatalog::CloudFormationProvisionedProduct",
        "Custom::EventBridge", // of the Serverless Framework
    ];

    private static readonly string[] Macros = ["AWS::LanguageExtensions", "AWS::CodeDeployBlueGreen"];

    public static bool IsNotRead(string type) => Types.Contains(type, StringComparer.Ordinal) || type.EndsWith("::MODULE", StringComparison.Ordinal);

    public static bool IsHarmless(string macro) =>
        Macros.Contains(macro, StringComparer.Ordinal) || macro.StartsWith("AWS::Serverless-", StringComparison.Ordinal) || macro.StartsWith("AWS::SecretsManager-", StringComparison.Ordinal);
}
