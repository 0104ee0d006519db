using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Roles;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Services;

/// <summary>The roles of IAM over the wire.</summary>
/// <param name="client">The client of IAM, which is made when it is needed.</param>
internal sealed class RoleApi(Func<AwsDocumentClient> client) : IRoleApi
{
    private static readonly ServiceOperation GetRole = new(AwsService.Iam, nameof(GetRole), "iam:GetRole");
    private static readonly ServiceOperation SimulatePrincipalPolicy = new(AwsService.Iam, nameof(SimulatePrincipalPolicy), "iam:SimulatePrincipalPolicy");
    private static readonly ServiceOperation ListRolePolicies = new(AwsService.Iam, nameof(ListRolePolicies), "iam:ListRolePolicies");
    private static readonly ServiceOperation GetRolePolicy = new(AwsService.Iam, nameof(GetRolePolicy), "iam:GetRolePolicy");
    private static readonly ServiceOperation ListAttachedRolePolicies = new(AwsService.Iam, nameof(ListAttachedRolePolicies), "iam:ListAttachedRolePolicies");

    private readonly ManagedPolicies _managed = new(client);

    public async Task<IamRole?> FindAsync(string roleName, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Role(roleName);
        Answer answer;
        try
        {
            answer = new(GetRole, subject, await client().InvokeAsync(GetRole, subject, new JsonObject { ["RoleName"] = roleName }, cancellationToken));
        }
        catch (ServiceCallException e) when (e.ErrorId == ErrorIds.ResourceNotFound)
        {
            return null;
        }

        Answer role = new(GetRole, subject, answer.Document["Role"] as JsonObject ?? throw answer.Wrong(ServicesMessages.FieldMissing("Role")));
        return new IamRole(role.RequiredText("Arn"), ManagedPolicies.Decoded(role.RequiredText("AssumeRolePolicyDocument")), role.Document["PermissionsBoundary"] is JsonObject);
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

    public async Task<IReadOnlyList<KeyValuePair<string, string>>> ReadPoliciesAsync(string roleName, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Role(roleName);
        JsonObject request = new() { ["RoleName"] = roleName };
        List<KeyValuePair<string, string>> policies = [];
        foreach (string name in await IamListing.TextsAsync(client(), ListRolePolicies, subject, request, "PolicyNames", cancellationToken))
        {
            Answer answer = new(GetRolePolicy, subject, await client().InvokeAsync(GetRolePolicy, subject, new JsonObject { ["RoleName"] = roleName, ["PolicyName"] = name }, cancellationToken));
            policies.Add(new(name, ManagedPolicies.Decoded(answer.RequiredText("PolicyDocument"))));
        }

        foreach (JsonObject attached in await IamListing.ReadAsync(client(), ListAttachedRolePolicies, subject, request, "AttachedPolicies", cancellationToken))
        {
            string arn = attached.String("PolicyArn") ?? "";
            if (await _managed.FindAsync(arn, cancellationToken) is { } policy)
                policies.Add(new(arn, policy.Document));
        }

        return policies;
    }
}
