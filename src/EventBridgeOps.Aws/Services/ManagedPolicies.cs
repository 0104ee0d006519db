using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Granting;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Services;

/// <summary>Reads managed policies of IAM.</summary>
/// <param name="client">The client of IAM, which is made when it is needed.</param>
internal sealed class ManagedPolicies(Func<AwsDocumentClient> client)
{
    private static readonly ServiceOperation GetPolicy = new(AwsService.Iam, nameof(GetPolicy), "iam:GetPolicy");
    private static readonly ServiceOperation GetPolicyVersion = new(AwsService.Iam, nameof(GetPolicyVersion), "iam:GetPolicyVersion");

    /// <summary>The policy with its default version, which is the one in effect; null if it does not exist.</summary>
    public async Task<ManagedPolicy?> FindAsync(string arn, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Policy(arn);
        try
        {
            JsonObject policy = Part(GetPolicy, subject, await client().InvokeAsync(GetPolicy, subject, new JsonObject { ["PolicyArn"] = arn }, cancellationToken), "Policy").Document;
            string version = policy.String("DefaultVersionId") ?? "";
            Answer read = Part(GetPolicyVersion, subject, await client().InvokeAsync(GetPolicyVersion, subject, new JsonObject { ["PolicyArn"] = arn, ["VersionId"] = version }, cancellationToken), "PolicyVersion");
            return new ManagedPolicy(arn, version, Decoded(read.RequiredText("Document")), int.TryParse(policy.String("AttachmentCount"), out int count) ? count : null);
        }
        catch (ServiceCallException e) when (e.ErrorId == ErrorIds.ResourceNotFound)
        {
            return null;
        }
    }

    /// <summary>A document as IAM sends it is URL-encoded: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyVersion.html.</summary>
    public static string Decoded(string document) => Uri.UnescapeDataString(document);

    private static Answer Part(ServiceOperation operation, Message subject, JsonObject answer, string name) =>
        new(operation, subject, answer[name] as JsonObject ?? throw new Answer(operation, subject, answer).Wrong(ServicesMessages.FieldMissing(name)));
}
