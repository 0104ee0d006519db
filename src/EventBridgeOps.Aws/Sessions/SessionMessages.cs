using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>Messages about Regions, credentials, profiles and endpoints. Sources are clauses: they are part of a sentence.</summary>
internal static class SessionMessages
{
    public static Message FolderAndTable() =>
        Message.Of($"{nameof(SessionOptions.JournalPath):param} cannot be combined with {nameof(SessionOptions.JournalTable):param}: the journal is either in a folder or in a table. Use one of them.");

    // Sources.
    public static Message RegionParameter() => Message.Of($"{nameof(SessionOptions.Region):param}");

    public static Message Variable(string name) => Message.Of($"{name}");

    public static Message NamedProfile() => Message.Of($"the profile");

    public static Message DefaultProfile() => Message.Of($"the default profile");

    public static Message InstanceMetadata() => Message.Of($"the instance metadata");

    public static Message Profile(string name) => Message.Of($"profile '{name}'");

    public static Message CredentialParameter() => Message.Of($"{nameof(SessionOptions.Credential):param}");

    public static Message CredentialChain() => Message.Of($"the AWS environment");

    public static Message SsoAccount(string account) => Message.Of($"SSO, account {account}");

    // Regions.
    public static Message NoRegion() =>
        Message.Of($"No AWS Region was specified. Specify one with {nameof(SessionOptions.Region):param}, with the environment variable AWS_REGION or AWS_DEFAULT_REGION, or with a profile that has a Region (aws configure set region eu-west-1).");

    public static Message NotARegion(string region, Message source) => Message.Of($"'{region}' (from {source}) is not a valid AWS Region. Example: eu-west-1.");

    public static Message ResourceInNoRegion(string region) => Message.Of($"The resource was not called: '{region}' in its ARN is not a valid AWS Region.");

    public static Message PseudoRegion(string region, Message source, string plain) =>
        Message.Of($"'{region}' (from {source}) is a FIPS pseudo-Region. Use {plain}, and set AWS_USE_FIPS_ENDPOINT=true.");

    // Credentials and profiles.
    public static Message KeysIncomplete() =>
        Message.Of($"{nameof(SessionOptions.AccessKey):param} and {nameof(SessionOptions.SecretKey):param} must be specified together, with {nameof(SessionOptions.SessionToken):param} for temporary credentials.");

    public static Message MfaNotPossible(string profile, string device) =>
        Message.Of($"Profile '{profile}' requires an MFA code (device {device}), but this session is not interactive. Assume the role first (aws sts assume-role) and use its keys, or use another profile.");

    public static Message RoleExpired(string profile) => Message.Of($"The role session of profile '{profile}' has expired. Run the command again to enter a new MFA code.");

    public static Message NoCredentialsInProfile(string profile) => Message.Of($"Profile '{profile}' does not specify how to get credentials.");

    public static Message CircularProfile(string profile) => Message.Of($"Profile '{profile}' is its own source profile.");

    public static Message SourceProfileNotFound(string source, string profile) => Message.Of($"Source profile '{source}' of profile '{profile}' was not found.");

    public static Message NoCredentialSource(string profile) => Message.Of($"Profile '{profile}' specifies a role, but no credentials to assume it were found. Specify source_profile or credential_source.");

    public static Message NoSsoSession(string name) => Message.Of($"The section [sso-session {name}] was not found.");

    public static Message SsoIncomplete(IEnumerable<string> fields) => Message.Of($"The profile is incomplete. Specify {fields}.");

    public static Message NotCredentials(Message source, string? type) =>
        Message.Of($"{source} is an object of type {type}, which contains no AWS credentials. An object with AccessKey, SecretKey and Token is required.");

    public static Message NoKeys(string type) => Message.Of($"the {type} object has no access key ID or no secret access key.");

    public static Message EnvironmentProfileNotFound(string profile) => Message.Of($"Profile '{profile}', which AWS_PROFILE specifies, was not found. Correct or remove AWS_PROFILE.");

    public static Message NoCredentials() =>
        Message.Of($"No AWS credentials were found. Specify them with {nameof(SessionOptions.ProfileName):param}, with {nameof(SessionOptions.AccessKey):param} and {nameof(SessionOptions.SecretKey):param}, in the environment (AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY), in a default profile (aws configure, aws sso login), or with the role of a container or instance.");

    public static Message ProfileNotFound(string profile, IEnumerable<string> files) =>
        Message.Of($"Profile '{profile}' was not found. Files: {files}. Check the name (aws configure list-profiles), or create the profile (aws configure, aws configure sso).");

    public static Message CredentialsExpired(Message source, string fault) => Message.Of($"The credentials from {source} have expired: {fault:clause}. Sign in again (aws sso login), or renew them.");

    public static Message CredentialsNotLoaded(Message source, string fault) =>
        Message.Of($"Credentials could not be loaded from {source}: {fault:clause}. Correct the configuration, or use another source of credentials.");

    // The rest of a session.
    public static Message RequestsPerSecond(double rate) => Message.Of($"{nameof(SessionOptions.RequestsPerSecond):param} must be greater than 0 and at most 100000, but it is {rate}.");

    public static Message RetryTimeout(double seconds) => Message.Of($"{nameof(SessionOptions.RetryTimeout):param} must be from 0 to 86400 seconds, but it is {seconds}.");

    public static Message ConfigurationNotValid(string fault) =>
        Message.Of($"The AWS configuration is not valid: {fault:clause}. Check the AWS_* environment variables and the profile.");

    public static Message NotAnEndpoint(string url) => Message.Of($"'{url}' is not a valid endpoint URL. Example: http://localhost:5000.");

    public static Message EndpointWithUser() => Message.Of($"The endpoint URL contains a user name or password. Remove it: requests are signed instead.");
}
