using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>Finds the credentials of a session.</summary>
internal static class CredentialSource
{
    private static readonly TimeSpan ChainLimit = TimeSpan.FromSeconds(5);

    /// <summary>Finds the credentials: from the first source that the user specified, else from the credential chain of the SDK.</summary>
    /// <exception cref="OpsException">No credentials were found, or they cannot be used.</exception>
    public static AWSCredentials Find(SessionOptions options, NamedProfile? profile)
    {
        if (options.AccessKey is not null || options.SecretKey is not null || options.SessionToken is not null)
            return FromKeys(options);
        if (profile is not null)
            return FromProfile(profile, options.MfaCode);
        if (options.Credential is not null)
            return FromObject(options.Credential, SessionMessages.CredentialParameter());
        if (options.StoredCredential is not null)
            return FromObject(options.StoredCredential, SessionMessages.Variable("$StoredAWSCredentials"));
        return FromEnvironment(options.MfaCode);
    }

    /// <summary>The order is that of the SDK. A profile is handled here, because the SDK silently skips one that cannot be used.</summary>
    private static SourcedCredentials FromEnvironment(Func<string, string?>? mfaCode) =>
        !IsSet("AWS_ACCESS_KEY_ID") && !IsSet("AWS_WEB_IDENTITY_TOKEN_FILE") && NamedProfile.FindDefault() is { Content.CanCreateAWSCredentials: true } profile
            ? FromProfile(profile, mfaCode)
            : FromChain();

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    private static AWSCredentials FromKeys(SessionOptions options)
    {
        if (options.AccessKey is not { Length: > 0 } key || options.SecretKey is not { Length: > 0 } secret)
            throw new OpsException(ErrorIds.InvalidArgument, SessionMessages.KeysIncomplete());
        return options.SessionToken is { Length: > 0 } token ? new SessionAWSCredentials(key, secret, token) : new BasicAWSCredentials(key, secret);
    }

    private static SourcedCredentials FromProfile(NamedProfile profile, Func<string, string?>? mfaCode)
    {
        Message source = SessionMessages.Profile(profile.Content.Name);
        try
        {
            AWSCredentials credentials = AWSCredentialsFactory.GetAWSCredentials(profile.Content, profile.Store);
            if (credentials is AssumeRoleAWSCredentials { Options.MfaSerialNumber: { Length: > 0 } device } role)
                AssumeWithCode(role, device, mfaCode, profile.Content.Name);
            return new SourcedCredentials(credentials, source);
        }
        catch (Exception error) when (error is not OpsException)
        {
            throw SourcedCredentials.Unusable(error, source);
        }
    }

    /// <summary>Assumes the role now, while the user can be prompted: later calls come from threads that cannot prompt.</summary>
    private static void AssumeWithCode(AssumeRoleAWSCredentials role, string device, Func<string, string?>? mfaCode, string profile)
    {
        if (mfaCode is null)
            throw new OpsException(ErrorIds.NoCredentials, SessionMessages.MfaNotPossible(profile, device));
        bool opening = true;
        role.Options.MfaTokenCodeCallback = () => opening
            ? mfaCode(device) ?? ""
            : throw new OpsException(ErrorIds.ExpiredCredentials, SessionMessages.RoleExpired(profile));
        role.GetCredentials();
        opening = false;
    }

    private static SourcedCredentials FromObject(object given, Message parameter)
    {
        if (given is AWSCredentials own)
            return new SourcedCredentials(own, parameter);
        if (ForeignCredentials.Understands(given))
            return new SourcedCredentials(new ForeignCredentials(given), parameter);
        throw new OpsException(ErrorIds.InvalidArgument, SessionMessages.NotCredentials(parameter, given.GetType().FullName));
    }

    private static SourcedCredentials FromChain()
    {
        AWSCredentials? found = null;
        Exception? cause = null;
        try
        {
            // A resolver of our own, because the SDK's shared one remembers what the environment was.
            using DefaultAWSCredentialsIdentityResolver chain = new();
            found = Metadata.Ask(() => chain.ResolveIdentity(null), ChainLimit);
        }
        catch (ProfileNotFoundException error)
        {
            throw new OpsException(ErrorIds.ProfileNotFound, SessionMessages.EnvironmentProfileNotFound(NamedProfile.DefaultName), error);
        }
        catch (Exception error) when (error is AmazonClientException or AmazonServiceException or InvalidOperationException)
        {
            cause = error;
        }

        return found is not null ? new SourcedCredentials(found, SessionMessages.CredentialChain()) : throw new OpsException(ErrorIds.NoCredentials, SessionMessages.NoCredentials(), cause);
    }
}

/// <summary>Limits calls to the instance metadata service, which can take long outside of EC2.</summary>
internal static class Metadata
{
    /// <summary>The answer; null if there is none within the time limit.</summary>
    public static T? Ask<T>(Func<T?> ask, TimeSpan limit) where T : class
    {
        Task<T?> asking = Task.Run(ask);
        return ((IAsyncResult)asking).AsyncWaitHandle.WaitOne(limit) ? asking.GetAwaiter().GetResult() : null;
    }
}
