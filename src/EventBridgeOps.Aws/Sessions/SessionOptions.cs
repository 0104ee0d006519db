using System.Text;
using EventBridgeOps.Events.Privacy;
using EventBridgeOps.Settings;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>The options of a session: endpoint, Region and credentials. Everything is optional; the default is the AWS environment of the host.</summary>
/// <remarks>
/// A session is this value alone: sessions of different accounts, partitions, endpoints, environments and clocks work side by side in one process.
/// Credentials are looked for in this order: <see cref="AccessKey"/> with <see cref="SecretKey"/>; <see cref="ProfileName"/>;
/// <see cref="Credential"/>; <see cref="StoredCredential"/>; then in the order of the AWS SDK's own chain (environment, web identity,
/// <c>AWS_PROFILE</c>, default profile, SSO, and, if the host passes <see cref="SessionHost.Machine"/>, container and instance).
/// Roles are assumed in the Region of the session, at the STS endpoint of its environment or profile. <see cref="ToString"/> shows no secret.
/// </remarks>
public sealed record SessionOptions
{
    /// <summary>The AWS Region, for example <c>eu-west-1</c>. It takes precedence over every other source of a Region.</summary>
    public string? Region { get; init; }

    /// <summary>A profile of the shared configuration files. If it does not exist, nothing else is tried.</summary>
    public string? ProfileName { get; init; }

    /// <summary>The path of the shared credentials file, if it is not the default one.</summary>
    public string? ProfileLocation { get; init; }

    /// <summary>
    /// Asked, while the session opens and on the thread that opens it, for the code of the MFA device with the given serial
    /// number, when the profile has one. Null if the session is not interactive: such a profile is then rejected.
    /// </summary>
    public Func<string, string?>? MfaCode { get; init; }

    /// <summary>An access key ID; requires <see cref="SecretKey"/>.</summary>
    public string? AccessKey { get; init; }

    /// <summary>The secret access key.</summary>
    public string? SecretKey { get; init; }

    /// <summary>The session token of temporary credentials.</summary>
    public string? SessionToken { get; init; }

    /// <summary>
    /// A credentials object: an <c>AWSCredentials</c> of this or any other copy of the AWS SDK, or any object with
    /// <c>AccessKey</c>, <c>SecretKey</c> and <c>Token</c>, or <c>AccessKeyId</c>, <c>SecretAccessKey</c> and
    /// <c>SessionToken</c>, or with such an object as its <c>Credentials</c>.
    /// </summary>
    public object? Credential { get; init; }

    /// <summary>The value of PowerShell's <c>$StoredAWSCredentials</c>, of the same kinds as <see cref="Credential"/>.</summary>
    public object? StoredCredential { get; init; }

    /// <summary>The value of PowerShell's <c>$StoredAWSRegion</c>. It is used if <see cref="Region"/> is not specified.</summary>
    public string? StoredRegion { get; init; }

    /// <summary>An http or https URL that all services are called at, instead of AWS's own hosts.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>The longest <see cref="RetryTimeout"/>.</summary>
    public static readonly TimeSpan LongestRetryTimeout = TimeSpan.FromDays(1);

    /// <summary>How long an item is retried after the retries of the AWS SDK are used up, if the error is transient; null for <see cref="Runs.ItemRetry.DefaultTimeout"/>.</summary>
    public TimeSpan? RetryTimeout { get; init; }

    /// <summary>The folder of the change journal; null for <c>EBOPS_JOURNAL</c>, else the default folder of the user.</summary>
    public string? JournalPath { get; init; }

    /// <summary>The DynamoDB table of the change journal, instead of a folder; null for a folder.</summary>
    public string? JournalTable { get; init; }

    /// <summary>The maximum number of requests per second for each service; null for the known quota of the service.</summary>
    public double? RequestsPerSecond { get; init; }

    /// <summary>The number of requests that each service may be sent at once after a pause, for sessions with few requests; null for five.</summary>
    public int? RequestBurst { get; init; }

    /// <summary>The environment, the clock, the randomness and the current folder, which the host provides.</summary>
    public SessionHost Host { get; init; } = SessionHost.Empty;

    /// <summary>The number of attempts of a call, for tests; null for the setting of the AWS environment, else five.</summary>
    internal int? MaxAttempts { get; init; }

    /// <summary>Creates options from text parameters.</summary>
    /// <param name="given">Reads a parameter by its name in PowerShell (<c>ProfileName</c>); null when it is not given.</param>
    /// <param name="host">The host.</param>
    public static SessionOptions From(Func<string, string?> given, SessionHost host) => new()
    {
        Host = host,
        Region = given(nameof(Region)),
        ProfileName = given(nameof(ProfileName)),
        ProfileLocation = given(nameof(ProfileLocation)),
        AccessKey = given(nameof(AccessKey)),
        SecretKey = given(nameof(SecretKey)),
        SessionToken = given(nameof(SessionToken)),
        EndpointUrl = given(nameof(EndpointUrl)),
    };

    /// <summary>Adds missing options from a settings file: <c>AWS_REGION</c>, <c>AWS_DEFAULT_REGION</c>, <c>AWS_PROFILE</c>, <c>AWS_ACCESS_KEY_ID</c> and what belongs to it, <c>AWS_ENDPOINT_URL</c>.</summary>
    /// <param name="file">The file; null for none.</param>
    public SessionOptions WithSettings(EnvFile? file)
    {
        if (file is null)
            return this;
        bool knowsWho = ProfileName is not null || ProfileLocation is not null || AccessKey is not null || SecretKey is not null || Credential is not null;
        bool hasKeys = !knowsWho && file.Find("AWS_ACCESS_KEY_ID") is not null;
        return this with
        {
            Region = Region ?? file.Find("AWS_REGION") ?? file.Find("AWS_DEFAULT_REGION"),
            ProfileName = knowsWho || hasKeys ? ProfileName : file.Find("AWS_PROFILE"),
            AccessKey = hasKeys ? file.Find("AWS_ACCESS_KEY_ID") : AccessKey,
            SecretKey = hasKeys ? file.Find("AWS_SECRET_ACCESS_KEY") : SecretKey,
            SessionToken = hasKeys ? file.Find("AWS_SESSION_TOKEN") : SessionToken,
            EndpointUrl = EndpointUrl ?? file.Find("AWS_ENDPOINT_URL"),
        };
    }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Region = {Region ?? StoredRegion}, ProfileName = {ProfileName}, EndpointUrl = {SecretRedactor.Redact(EndpointUrl ?? "")}, Credentials = ")
            .Append(AccessKey is not null || Credential is not null || StoredCredential is not null ? "given" : "from profile or environment");
        return true;
    }
}
