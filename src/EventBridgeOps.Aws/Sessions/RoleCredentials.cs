using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Amazon.Util.Internal;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>An IAM role that is assumed in the Region of the session.</summary>
/// <remarks>Those of the SDK assume it in one Region for the whole process.</remarks>
/// <param name="roleArn">The role.</param>
/// <param name="assume">Assumes the role.</param>
/// <param name="time">The clock of the session.</param>
internal sealed class RoleCredentials(string roleArn, Func<CancellationToken, Task<Credentials>> assume, TimeProvider time) : RefreshingAWSCredentials(new CredentialClock(time))
{
    public string RoleArn => roleArn;

    /// <summary>Assumes a role with other credentials.</summary>
    public static RoleCredentials Of(AmazonSecurityTokenServiceClient sts, AssumeRoleRequest request, Func<string>? mfaCode, TimeProvider time) => Refreshed(
        request.RoleArn,
        async token =>
        {
            AssumeRoleRequest call = new() { RoleArn = request.RoleArn, RoleSessionName = request.RoleSessionName, ExternalId = request.ExternalId, SerialNumber = request.SerialNumber, TokenCode = mfaCode?.Invoke() };
            return (await sts.AssumeRoleAsync(call, token)).Credentials;
        },
        time);

    /// <summary>Assumes a role with the identity token in a file, which is read each time: whoever wrote it renews it.</summary>
    public static RoleCredentials OfWebIdentity(AmazonSecurityTokenServiceClient sts, string roleArn, string sessionName, string tokenFile, TimeProvider time) => Refreshed(
        roleArn,
        async token =>
        {
            AssumeRoleWithWebIdentityRequest call = new() { RoleArn = roleArn, RoleSessionName = sessionName, WebIdentityToken = File.ReadAllText(tokenFile) };
            return (await sts.AssumeRoleWithWebIdentityAsync(call, token)).Credentials;
        },
        time);

    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        Credentials keys = await assume(CancellationToken.None);
        return new CredentialsRefreshState(new ImmutableCredentials(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken), keys.Expiration ?? DateTime.MaxValue, _timeProvider);
    }

    private static RoleCredentials Refreshed(string roleArn, Func<CancellationToken, Task<Credentials>> assume, TimeProvider time) => new(roleArn, assume, time) { PreemptExpiryTime = TimeSpan.FromMinutes(15) };
}

/// <summary>The clock by which temporary credentials expire.</summary>
internal sealed class CredentialClock(TimeProvider time) : ITimeProvider
{
    public DateTime CorrectedUtcNow => time.GetUtcNow().UtcDateTime;
}
