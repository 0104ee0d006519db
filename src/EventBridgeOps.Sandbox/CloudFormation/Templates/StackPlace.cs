using System.Text.Json.Nodes;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Sandbox.CloudFormation.Templates;

/// <summary>Where a template is deployed: what the pseudo parameters say.</summary>
/// <param name="AccountId">Twelve digits.</param>
/// <param name="Region">The Region of the stack.</param>
/// <param name="StackId">The ARN of the stack.</param>
/// <param name="StackName">Its name.</param>
/// <param name="NotificationArns">The topics that are notified of its events.</param>
internal sealed record StackPlace(string AccountId, string Region, string StackId, string StackName, IReadOnlyList<string> NotificationArns)
{
    /// <summary>The value of a pseudo parameter; null if the name is not one.</summary>
    public JsonNode? Value(string name) => name switch
    {
        "AWS::AccountId" => JsonValue.Create(AccountId),
        "AWS::NotificationARNs" => new JsonArray([.. NotificationArns.Select(arn => JsonValue.Create(arn))]),
        "AWS::Partition" => JsonValue.Create(Partitions.Of(Region)),
        "AWS::Region" => JsonValue.Create(Region),
        "AWS::StackId" => JsonValue.Create(StackId),
        "AWS::StackName" => JsonValue.Create(StackName),
        "AWS::URLSuffix" => JsonValue.Create(Partitions.DnsSuffix(Region)),
        _ => null,
    };
}

/// <summary>What is known of the resources of a stack while its template is evaluated.</summary>
internal interface IResourceValues
{
    /// <summary>What <c>Ref</c> returns for a resource.</summary>
    JsonNode Reference(string logicalId);

    /// <summary>What <c>Fn::GetAtt</c> returns for an attribute of a resource.</summary>
    JsonNode Attribute(string logicalId, string name);

    /// <summary>The value that another stack exports.</summary>
    string Import(string name);

    /// <summary>What a dynamic reference stands for: the text between <c>{{resolve:</c> and <c>}}</c>.</summary>
    string Resolve(string reference);
}
