using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Services;

/// <summary>IAM over the wire.</summary>
/// <param name="client">The client of IAM, which is made when it is needed.</param>
internal sealed class RoleApi(Func<AwsDocumentClient> client) : IRoleApi
{
    private static readonly ServiceOperation GetRole = new(AwsService.Iam, nameof(GetRole), "iam:GetRole");
    private static readonly ServiceOperation SimulatePrincipalPolicy = new(AwsService.Iam, nameof(SimulatePrincipalPolicy), "iam:SimulatePrincipalPolicy");

    public async Task<string> GetTrustPolicyAsync(string roleName, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Role(roleName);
        Answer answer = new(GetRole, subject, await client().InvokeAsync(GetRole, subject, new JsonObject { ["RoleName"] = roleName }, cancellationToken));
        // It is URL-encoded: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html.
        return (answer.Document["Role"] as JsonObject)?.String("AssumeRolePolicyDocument") is { } policy ? Uri.UnescapeDataString(policy) : throw answer.Wrong(ServicesMessages.FieldMissing("AssumeRolePolicyDocument"));
    }

    public async Task<IReadOnlyList<SimulatedAction>> SimulateAsync(string roleArn, string action, IReadOnlyList<string> resources, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Role(roleArn);
        JsonObject request = new()
        {
            ["PolicySourceArn"] = roleArn,
            ["ActionNames"] = new JsonArray(action),
            ["ResourceArns"] = new JsonArray([.. resources.Select(resource => JsonValue.Create(resource))]),
        };
        Answer answer = new(SimulatePrincipalPolicy, subject, await client().InvokeAsync(SimulatePrincipalPolicy, subject, request, cancellationToken));
        return [.. answer.Documents("EvaluationResults", "EvalDecision").Select(result => new SimulatedAction(result.String("EvalResourceName") ?? "*", result.String("EvalDecision")!))];
    }
}
