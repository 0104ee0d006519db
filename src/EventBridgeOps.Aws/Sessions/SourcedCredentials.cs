using System.Text.RegularExpressions;
using Amazon.Runtime;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>Credentials that know where they come from, and say so when they cannot be had.</summary>
internal sealed class SourcedCredentials(AWSCredentials credentials, string source) : AWSCredentials
{
    private static readonly Regex Expiry = new("[Ee]xpired|SSO", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

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
            return await credentials.GetCredentialsAsync();
        }
        catch (Exception error) when (error is not (OpsException or OperationCanceledException))
        {
            throw Unusable(error, source);
        }
    }

    public static OpsException Unusable(Exception error, string source)
    {
        string why = Why(error);
        return Expiry.IsMatch(why)
            ? new OpsException(ErrorIds.ExpiredCredentials, $"The credentials from {source} have expired: {why} Sign in again (aws sso login) or renew them.", error)
            : new OpsException(ErrorIds.NoCredentials, $"No credentials could be had from {source}: {why} Correct it, or name another source.", error);
    }

    /// <summary>A service's words if one was asked (STS, SSO), else the innermost.</summary>
    private static string Why(Exception error)
    {
        while (error is not AmazonServiceException && error.InnerException is { } inner)
            error = inner;
        return error is AmazonServiceException { ErrorCode: { } code } ? $"{code}. {error.Message}" : error.Message;
    }
}
