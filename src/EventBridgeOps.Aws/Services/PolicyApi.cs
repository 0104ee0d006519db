using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Granting;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Services;

/// <summary>Customer managed policies of IAM over the wire.</summary>
/// <param name="client">The client of IAM, which is made when it is needed.</param>
internal sealed class PolicyApi(Func<AwsDocumentClient> client) : IPolicyApi
{
    private static readonly ServiceOperation GetRole = Operation(nameof(GetRole));
    private static readonly ServiceOperation GetUser = Operation(nameof(GetUser));
    private static readonly ServiceOperation ListAttachedRolePolicies = Operation(nameof(ListAttachedRolePolicies));
    private static readonly ServiceOperation ListAttachedUserPolicies = Operation(nameof(ListAttachedUserPolicies));
    private static readonly ServiceOperation AttachRolePolicy = Operation(nameof(AttachRolePolicy)) with { HasResult = false };
    private static readonly ServiceOperation AttachUserPolicy = Operation(nameof(AttachUserPolicy)) with { HasResult = false };
    private static readonly ServiceOperation DetachRolePolicy = Operation(nameof(DetachRolePolicy)) with { HasResult = false };
    private static readonly ServiceOperation DetachUserPolicy = Operation(nameof(DetachUserPolicy)) with { HasResult = false };
    private static readonly ServiceOperation CreatePolicy = Operation(nameof(CreatePolicy)) with { IsRepeatable = false };
    private static readonly ServiceOperation ListPolicyVersions = Operation(nameof(ListPolicyVersions));
    private static readonly ServiceOperation CreatePolicyVersion = Operation(nameof(CreatePolicyVersion)) with { IsRepeatable = false };
    private static readonly ServiceOperation DeletePolicyVersion = Operation(nameof(DeletePolicyVersion)) with { HasResult = false };
    private static readonly ServiceOperation DeletePolicy = Operation(nameof(DeletePolicy)) with { HasResult = false };

    private readonly ManagedPolicies _managed = new(client);

    public async Task<IamIdentity?> FindIdentityAsync(IamIdentityKind kind, string name, CancellationToken cancellationToken)
    {
        ServiceOperation operation = kind == IamIdentityKind.Role ? GetRole : GetUser;
        Message subject = Subject(kind, name);
        try
        {
            Answer answer = new(operation, subject, await client().InvokeAsync(operation, subject, Named(kind, name), cancellationToken));
            Answer found = new(operation, subject, answer.Document[kind.ToString()] as JsonObject ?? throw answer.Wrong(ServicesMessages.FieldMissing(kind.ToString())));
            return new IamIdentity(kind, found.RequiredText(kind + "Name"), found.RequiredText("Arn"));
        }
        catch (ServiceCallException e) when (e.ErrorId == ErrorIds.ResourceNotFound)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<string>> ListAttachedAsync(IamIdentity identity, CancellationToken cancellationToken)
    {
        ServiceOperation operation = identity.Kind == IamIdentityKind.Role ? ListAttachedRolePolicies : ListAttachedUserPolicies;
        return [.. (await IamListing.ReadAsync(client(), operation, Subject(identity.Kind, identity.Name), Named(identity.Kind, identity.Name), "AttachedPolicies", cancellationToken)).Select(policy => policy.String("PolicyArn") ?? "")];
    }

    public Task AttachAsync(IamIdentity identity, string policyArn, CancellationToken cancellationToken) =>
        SendAsync(identity.Kind == IamIdentityKind.Role ? AttachRolePolicy : AttachUserPolicy, identity, policyArn, cancellationToken);

    public Task DetachAsync(IamIdentity identity, string policyArn, CancellationToken cancellationToken) =>
        SendAsync(identity.Kind == IamIdentityKind.Role ? DetachRolePolicy : DetachUserPolicy, identity, policyArn, cancellationToken);

    public Task<ManagedPolicy?> FindPolicyAsync(string policyArn, CancellationToken cancellationToken) => _managed.FindAsync(policyArn, cancellationToken);

    public Task CreatePolicyAsync(string path, string name, JsonObject document, string description, CancellationToken cancellationToken) => client().InvokeAsync(
        CreatePolicy, ServicesMessages.Policy(name), new JsonObject { ["PolicyName"] = name, ["Path"] = path, ["PolicyDocument"] = Document.Write(document), ["Description"] = description }, cancellationToken);

    public async Task<IReadOnlyList<string>> ListVersionsAsync(string policyArn, CancellationToken cancellationToken) =>
        [.. (await IamListing.ReadAsync(client(), ListPolicyVersions, ServicesMessages.Policy(policyArn), new JsonObject { ["PolicyArn"] = policyArn }, "Versions", cancellationToken)).Select(version => version.String("VersionId") ?? "")];

    public Task CreateVersionAsync(string policyArn, JsonObject document, CancellationToken cancellationToken) => client().InvokeAsync(
        CreatePolicyVersion, ServicesMessages.Policy(policyArn), new JsonObject { ["PolicyArn"] = policyArn, ["PolicyDocument"] = Document.Write(document), ["SetAsDefault"] = "true" }, cancellationToken);

    public Task DeleteVersionAsync(string policyArn, string version, CancellationToken cancellationToken) =>
        client().InvokeAsync(DeletePolicyVersion, ServicesMessages.Policy(policyArn), new JsonObject { ["PolicyArn"] = policyArn, ["VersionId"] = version }, cancellationToken);

    public Task DeletePolicyAsync(string policyArn, CancellationToken cancellationToken) =>
        client().InvokeAsync(DeletePolicy, ServicesMessages.Policy(policyArn), new JsonObject { ["PolicyArn"] = policyArn }, cancellationToken);

    private Task<JsonObject> SendAsync(ServiceOperation operation, IamIdentity identity, string policyArn, CancellationToken cancellationToken)
    {
        JsonObject request = Named(identity.Kind, identity.Name);
        request["PolicyArn"] = policyArn;
        return client().InvokeAsync(operation, ServicesMessages.Policy(policyArn), request, cancellationToken);
    }

    private static Message Subject(IamIdentityKind kind, string name) => kind == IamIdentityKind.Role ? ServicesMessages.Role(name) : ServicesMessages.User(name);

    private static JsonObject Named(IamIdentityKind kind, string name) => new() { [kind + "Name"] = name };

    private static ServiceOperation Operation(string name) => new(AwsService.Iam, name, "iam:" + name);
}
