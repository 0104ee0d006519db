using System.Text.RegularExpressions;
using Amazon.Runtime;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>Credentials that know where they come from, and say so when they cannot be had.</summary>
internal sealed class SourcedCredentials(AWSCredentials credentials, string source) : AWSCredentials
{
    private static readonly Regex Expiry = new("expired|SSO", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public override ImmutableCredentials GetCredentials()
    {
        try
        {
            return credentials.GetCredentials();
        }
        catch (Exception error) when (error is not (OpsException or OperationCanceledException))
        {
            throw Unusable(error, source);
        }
    }

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        try
        {
            return await credentials.GetCredentialsAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not (OpsException or OperationCanceledException))
        {
            throw Unusable(error, source);
        }
    }

    public static OpsException Unusable(Exception error, string source)
    {
        var cause = error;
        while (cause.InnerException is { } inner)
            cause = inner;
        var expired = Expiry.IsMatch(cause.Message) || error is AmazonServiceException { ErrorCode: "ExpiredToken" or "ExpiredTokenException" };
        return expired
            ? new OpsException(ErrorIds.ExpiredCredentials, $"The credentials from {source} have expired: {cause.Message} Sign in again (aws sso login) or renew them.", error)
            : new OpsException(ErrorIds.NoCredentials, $"No credentials could be had from {source}: {cause.Message} Correct it, or name another source.", error);
    }
}
