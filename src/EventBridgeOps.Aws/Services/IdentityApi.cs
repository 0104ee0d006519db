using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Services;

/// <summary>AWS STS over the wire.</summary>
internal sealed class IdentityApi(AwsDocumentClient client) : IIdentityApi
{
    private static readonly ServiceOperation GetCallerIdentity = new(AwsService.Sts, nameof(GetCallerIdentity), Permission: null);

    public async Task<CallerIdentity> GetCallerIdentityAsync(CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.CallerIdentity();
        Answer answer = new(GetCallerIdentity, subject, await client.InvokeAsync(GetCallerIdentity, subject, [], cancellationToken));
        return new CallerIdentity(answer.RequiredText("Account"), answer.RequiredText("Arn"), answer.RequiredText("UserId"));
    }
}
