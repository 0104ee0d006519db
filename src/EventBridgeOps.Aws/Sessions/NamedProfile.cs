using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>The profile that the user specified.</summary>
internal sealed class NamedProfile
{
    private NamedProfile(CredentialProfile content, CredentialProfileStoreChain store) => (Content, Store) = (content, store);

    public CredentialProfile Content { get; }

    public CredentialProfileStoreChain Store { get; }

    /// <summary>The profile that the SDK uses by default.</summary>
    public static string DefaultName =>
        Environment.GetEnvironmentVariable("AWS_PROFILE") is { } name && name.Trim().Length > 0 ? name : SharedCredentialsFile.DefaultProfileName;

    /// <summary>Null if the user specifies neither a profile nor a file.</summary>
    /// <exception cref="OpsException">The profile was not found.</exception>
    public static NamedProfile? Find(SessionOptions options)
    {
        if (options.ProfileName is null && options.ProfileLocation is null)
            return null;

        string name = options.ProfileName ?? DefaultName;
        if (options.ProfileLocation is { } location && !File.Exists(location))
            throw new OpsException(ErrorIds.ProfileNotFound, SessionMessages.CredentialsFileNotFound(location));
        return FindIn(new CredentialProfileStoreChain(options.ProfileLocation), name)
            ?? throw new OpsException(
                ErrorIds.ProfileNotFound,
                SessionMessages.ProfileNotFound(name, options.ProfileLocation is { } file ? [file] : [SharedCredentialsFile.DefaultFilePath, SharedCredentialsFile.DefaultConfigFilePath]));
    }

    /// <summary>The default profile; null if it does not exist.</summary>
    public static NamedProfile? FindDefault() => FindIn(new CredentialProfileStoreChain(), DefaultName);

    /// <summary>Applies its settings. The SDK reads most of them from the default profile only; the environment takes precedence over both.</summary>
    public void ApplyTo(ClientConfig config)
    {
        config.Profile = new Profile(Content.Name, Store.ProfilesLocation);
        if (Content.UseFIPSEndpoint is { } fips && !InEnvironment("AWS_USE_FIPS_ENDPOINT"))
            config.UseFIPSEndpoint = fips;
        if (Content.UseDualstackEndpoint is { } dualStack && !InEnvironment("AWS_USE_DUALSTACK_ENDPOINT"))
            config.UseDualstackEndpoint = dualStack;
        if (Content.IgnoreConfiguredEndpointUrls is { } ignore && !InEnvironment("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))
            config.IgnoreConfiguredEndpointUrls = ignore;
        if (Content.RetryMode is { } mode && !InEnvironment("AWS_RETRY_MODE"))
            config.RetryMode = mode;
        if (Content.MaxAttempts is { } attempts && !InEnvironment("AWS_MAX_ATTEMPTS"))
            config.MaxErrorRetry = attempts - 1;
    }

    private static bool InEnvironment(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    private static NamedProfile? FindIn(CredentialProfileStoreChain store, string name) =>
        store.TryGetProfile(name, out CredentialProfile? content) ? new NamedProfile(content, store) : null;
}
