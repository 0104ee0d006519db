using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Events.Rules;

/// <summary>Reads the <c>AWS::Events::Rule</c> resources of a CloudFormation template.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html.</remarks>
internal static class CloudFormationRules
{
    private const string Resources = nameof(Resources);
    private const string RuleType = "AWS::Events::Rule";

    public static bool IsTemplate(JsonObject document) =>
        document[Resources] is JsonObject resources && (document["AWSTemplateFormatVersion"] is not null || resources.Any(resource => (resource.Value as JsonObject)?.String("Type") is not null));

    public static IReadOnlyList<GivenRule> Read(JsonObject template, string name, IRunObserver observer)
    {
        TemplateSymbols symbols = new(template);
        return [.. template[Resources]!.AsObject()
            .Where(resource => resource.Value is JsonObject rule && rule.String("Type") == RuleType)
            .Select(resource => ReadRule(resource.Key, resource.Value!["Properties"] as JsonObject ?? [], symbols, name, observer))];
    }

    private static GivenRule ReadRule(string logicalId, JsonObject properties, TemplateSymbols symbols, string source, IRunObserver observer)
    {
        JsonObject rule = symbols.Resolve(properties) as JsonObject ?? [];
        string bus = BusName.Of(rule.String("EventBusName"));
        rule["Name"] = rule.String("Name") ?? logicalId;
        rule["Arn"] = TemplateSymbols.RuleArn(bus, rule.String("Name")!);
        rule["State"] = rule.String("State") ?? "ENABLED";
        if (rule["EventPattern"] is JsonObject pattern)
            rule["EventPattern"] = Document.Write(pattern);
        JsonNode? targets = rule["Targets"];
        rule.Remove("Targets");
        GivenRule given = new(bus, rule);
        if (targets is JsonObject or JsonValue)
            observer.Warning(RuleFileMessages.TargetsComputed(source, given.Name));
        given.Add(targets as JsonArray ?? [], source, observer);
        return given;
    }
}
