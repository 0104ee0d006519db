using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.SSO;
using Amazon.SSO.Model;
using Amazon.SSOOIDC;
using Amazon.Util;
using Amazon.Util.Internal;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>Credentials of IAM Identity Center, by the sign-in that <c>aws sso login</c> keeps in the user's home.</summary>
internal sealed class SsoCredentials : RefreshingAWSCredentials
{
    private readonly AmazonSSOClient _sso;
    private readonly SSOTokenManager _tokens;
    private readonly SSOTokenManagerGetTokenOptions _token;
    private readonly SharedProfile _profile;

    public SsoCredentials(SharedProfile profile, string? home, AmazonSSOClient sso, AmazonSSOOIDCClient oidc, TimeProvider time) : base(new CredentialClock(time))
    {
        _profile = profile;
        _sso = sso;
        _tokens = new SSOTokenManager(oidc, new SSOTokenFileCache(CryptoUtilFactory.CryptoInstance, new FileRetriever(), new DirectoryRetriever()));
        _token = new SSOTokenManagerGetTokenOptions
        {
            Region = profile["sso_region"],
            StartUrl = profile["sso_start_url"],
            Session = profile["sso_session"],
            CacheFolderLocation = home is null ? null : Path.Combine(home, ".aws", "sso", "cache"),
            SupportsGettingNewToken = false, // Only the user can sign in.
        };
    }

    public string AccountId => _profile["sso_account_id"]!;

    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        SsoToken token = await _tokens.GetTokenAsync(_token);
        GetRoleCredentialsRequest request = new() { AccountId = AccountId, RoleName = _profile["sso_role_name"], AccessToken = token.AccessToken };
        Amazon.SSO.Model.RoleCredentials keys = (await _sso.GetRoleCredentialsAsync(request)).RoleCredentials;
        DateTime expiration = DateTimeOffset.FromUnixTimeMilliseconds(keys.Expiration ?? 0).UtcDateTime;
        return new CredentialsRefreshState(new ImmutableCredentials(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken), expiration, _timeProvider);
    }
}
