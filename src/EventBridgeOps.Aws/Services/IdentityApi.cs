using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Changes;

namespace EventBridgeOps.Aws.Services;

/// <summary>AWS STS over the wire.</summary>
internal sealed class IdentityApi(AwsDocumentClient client) : IIdentityApi
{
    private const string Subject = "the calling identity";

    private static readonly ServiceOperation GetCallerIdentity = new(AwsService.Sts, nameof(GetCallerIdentity), Permission: null);

    public async Task<CallerIdentity> GetCallerIdentityAsync(CancellationToken cancellationToken)
    {
        Answer answer = new(GetCallerIdentity, Subject, await client.InvokeAsync(GetCallerIdentity, Subject, [], cancellationToken));
        return new CallerIdentity(answer.RequiredText("Account"), answer.RequiredText("Arn"), answer.RequiredText("UserId"));
    }
}
