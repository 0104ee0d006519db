using System.Text.RegularExpressions;
using Amazon.Runtime;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>Credentials that know their source, and name it when they cannot be loaded.</summary>
internal sealed class SourcedCredentials(AWSCredentials credentials, Message source) : AWSCredentials
{
    /// <summary>The credentials themselves.</summary>
    public AWSCredentials Inner => credentials;

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

    public static OpsException Unusable(Exception error, Message source)
    {
        string why = Why(error);
        return Expiry.IsMatch(why)
            ? new OpsException(ErrorIds.ExpiredCredentials, SessionMessages.CredentialsExpired(source, why), error)
            : new OpsException(ErrorIds.NoCredentials, SessionMessages.CredentialsNotLoaded(source, why), error);
    }

    /// <summary>The error of the service (STS, SSO) if one was called, else the message of the innermost exception.</summary>
    private static string Why(Exception error)
    {
        while (error is not AmazonServiceException && error.InnerException is { } inner)
            error = inner;
        return error is AmazonServiceException { ErrorCode: { } code } ? $"{code}. {error.Message}" : error.Message;
    }
}
