using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Amazon.SSO;
using Amazon.SSOOIDC;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>Gets credentials the way a profile, or the environment, says. Roles are assumed in the Region of the session, at its endpoints.</summary>
internal sealed class ProfileCredentials(SessionOptions options, string region, ProfileFiles files, SessionSettings settings)
{
    private const int Attempts = 3;
    private static readonly string[] SsoFields = ["sso_account_id", "sso_region", "sso_role_name", "sso_start_url"];

    private readonly SessionHost _host = options.Host;

    /// <summary>The credentials of a profile, and the device that must be asked for a code first, if there is one.</summary>
    /// <exception cref="Exception">The profile has no usable credentials.</exception>
    public AWSCredentials Of(SharedProfile profile) => Of(profile, []);

    /// <summary>The role whose identity token a container or a CI system provides; null if there is none.</summary>
    public AWSCredentials? WebIdentity() =>
        Variable("AWS_WEB_IDENTITY_TOKEN_FILE") is { } file && Variable("AWS_ROLE_ARN") is { } role ? WebIdentity(role, Variable("AWS_ROLE_SESSION_NAME"), file) : null;

    /// <summary>The keys in the environment; null if there are none.</summary>
    public AWSCredentials? Keys() =>
        Variable("AWS_ACCESS_KEY_ID") is { } key && (Variable("AWS_SECRET_ACCESS_KEY") ?? Variable("AWS_SECRET_KEY")) is { } secret ? Keys(key, secret, Variable("AWS_SESSION_TOKEN")) : null;

    /// <summary>Keys, with the session token of temporary ones.</summary>
    public static AWSCredentials Keys(string key, string secret, string? token) => token is { Length: > 0 } ? new SessionAWSCredentials(key, secret, token) : new BasicAWSCredentials(key, secret);

    /// <summary>Where roles are assumed.</summary>
    internal Uri SignInEndpoint()
    {
        using AmazonSecurityTokenServiceClient sts = Sts(new AnonymousAWSCredentials());
        return new Uri(sts.DetermineServiceOperationEndpoint(new AssumeRoleRequest()).URL);
    }

    private AWSCredentials Of(SharedProfile profile, HashSet<string> seen)
    {
        if (!seen.Add(profile.Name))
            throw new InvalidDataException(SessionMessages.CircularProfile(profile.Name).ToString());
        if (profile["sso_account_id"] is not null || profile["sso_role_name"] is not null)
            return Sso(profile);
        if (profile["role_arn"] is { } role)
        {
            string? session = profile["role_session_name"];
            return profile["web_identity_token_file"] is { } file ? WebIdentity(role, session, file)
                : profile["endpoint_name"] is not null ? Federated(profile)
                : Role(profile, role, session, Source(profile, seen));
        }

        if (profile["aws_access_key_id"] is { } key && profile["aws_secret_access_key"] is { } secret)
            return Keys(key, secret, profile["aws_session_token"]);
        if (profile["credential_process"] is { } process)
            return new ProcessAWSCredentials(process);
        if (profile["login_session"] is { } login)
            return new LoginAWSCredentials(new LoginAWSCredentialsOptions { LoginSession = login, ProfileName = profile.Name, Region = profile.Region ?? region });
        throw new InvalidDataException(SessionMessages.NoCredentialsInProfile(profile.Name).ToString());
    }

    /// <summary>The credentials that may assume the role.</summary>
    private AWSCredentials Source(SharedProfile profile, HashSet<string> seen)
    {
        if (profile["source_profile"] is { } name)
        {
            SharedProfile source = files.Find(name) ?? throw new InvalidDataException(SessionMessages.SourceProfileNotFound(name, profile.Name).ToString());
            // A profile with keys of its own may name itself.
            return name == profile.Name && profile["aws_access_key_id"] is { } key && profile["aws_secret_access_key"] is { } secret ? Keys(key, secret, profile["aws_session_token"]) : Of(source, seen);
        }

        AWSCredentials? found = profile["credential_source"]?.ToUpperInvariant() switch
        {
            "ENVIRONMENT" => Keys(),
            "EC2INSTANCEMETADATA" or "ECSCONTAINER" => _host.Machine?.Credentials(_host.Environment),
            _ => null,
        };
        return found ?? throw new InvalidDataException(SessionMessages.NoCredentialSource(profile.Name).ToString());
    }

    private RoleCredentials Role(SharedProfile profile, string role, string? session, AWSCredentials source)
    {
        string? device = profile["mfa_serial"];
        AssumeRoleRequest request = new() { RoleArn = role, RoleSessionName = SessionName(session), ExternalId = profile["external_id"], SerialNumber = device };
        if (device is null)
            return RoleCredentials.Of(Sts(source), request, null, _host.Time);

        // The role is assumed now, while the user can be prompted: later calls come from threads that cannot prompt.
        Func<string, string?> ask = options.MfaCode ?? throw new OpsException(ErrorIds.NoCredentials, SessionMessages.MfaNotPossible(profile.Name, device));
        bool opening = true;
        RoleCredentials credentials = RoleCredentials.Of(
            Sts(source), request,
            () => opening ? ask(device) ?? "" : throw new OpsException(ErrorIds.ExpiredCredentials, SessionMessages.RoleExpired(profile.Name)), _host.Time);
        credentials.GetCredentials();
        opening = false;
        return credentials;
    }

    private RoleCredentials WebIdentity(string role, string? session, string file) =>
        RoleCredentials.OfWebIdentity(Sts(new AnonymousAWSCredentials()), role, SessionName(session), _host.FullPath(file), _host.Time);

    private SsoCredentials Sso(SharedProfile profile)
    {
        string[] missing = [.. SsoFields.Where(field => profile[field] is null)];
        if (missing.Length > 0)
            throw new InvalidDataException(SessionMessages.SsoIncomplete(missing).ToString());
        string at = profile["sso_region"]!;
        return new SsoCredentials(
            profile, files.Home,
            new AmazonSSOClient(new AnonymousAWSCredentials(), Configure(new AmazonSSOConfig(), "SSO", at)),
            new AmazonSSOOIDCClient(new AnonymousAWSCredentials(), Configure(new AmazonSSOOIDCConfig(), "SSO OIDC", at)), _host.Time);
    }

    /// <summary>A role of a SAML identity provider, which only the encrypted profiles of the SDK can define.</summary>
    private AWSCredentials Federated(SharedProfile profile) => AWSCredentialsFactory.GetAWSCredentials(
        new CredentialProfile(profile.Name, new CredentialProfileOptions { EndpointName = profile["endpoint_name"], RoleArn = profile["role_arn"], UserIdentity = profile["user_identity"] }) { Region = RegionEndpoint.GetBySystemName(region) },
        _host.Machine?.Profiles?.Invoke());

    private AmazonSecurityTokenServiceClient Sts(AWSCredentials source) => new(source, Configure(new AmazonSecurityTokenServiceConfig(), "STS", region));

    private T Configure<T>(T config, string serviceId, string at) where T : ClientConfig
    {
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(at);
        config.DisableLogging = true;
        settings.ApplyTo(config, Attempts);
        settings.ApplyEndpointTo(config, serviceId, at);
        return config;
    }

    private string SessionName(string? given) => given ?? "aws-dotnet-sdk-session-" + _host.Time.GetUtcNow().Ticks;

    private string? Variable(string name) => _host.Environment(name) is { Length: > 0 } value ? value : null;
}
