using Amazon.Runtime;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>Finds the credentials of a session.</summary>
/// <param name="options">The options of the session.</param>
/// <param name="profile">The profile that the user specified; null for none.</param>
/// <param name="files">The files of profiles.</param>
/// <param name="methods">The ways to get credentials.</param>
internal sealed class CredentialSource(SessionOptions options, SharedProfile? profile, ProfileFiles files, ProfileCredentials methods)
{
    /// <summary>Finds the credentials: from the first source that the user specified, else from the environment, the default profile, and the machine.</summary>
    /// <exception cref="OpsException">No credentials were found, or they cannot be used.</exception>
    public AWSCredentials Find()
    {
        if (options.AccessKey is not null || options.SecretKey is not null || options.SessionToken is not null)
            return FromKeys();
        if (profile is not null)
            return FromProfile(profile);
        if (options.Credential is not null)
            return FromObject(options.Credential, SessionMessages.CredentialParameter());
        if (options.StoredCredential is not null)
            return FromObject(options.StoredCredential, SessionMessages.Variable("$StoredAWSCredentials"));
        return FromEnvironment();
    }

    private AWSCredentials FromKeys() =>
        options is { AccessKey: { Length: > 0 } key, SecretKey: { Length: > 0 } secret }
            ? ProfileCredentials.Keys(key, secret, options.SessionToken)
            : throw new OpsException(ErrorIds.InvalidArgument, SessionMessages.KeysIncomplete());

    /// <summary>The order is that of the SDK's chain. It is not asked itself: it would read the environment of the process.</summary>
    private SourcedCredentials FromEnvironment()
    {
        if (methods.Keys() is { } keys)
            return new SourcedCredentials(keys, SessionMessages.CredentialChain());
        if (Guarded(methods.WebIdentity, SessionMessages.CredentialChain()) is { } role)
            return role;
        if (files.Find(files.DefaultName) is { } found)
        {
            if (found.HasCredentials)
                return FromProfile(found);
        }
        else if (options.Host.Environment("AWS_PROFILE")?.Trim() is { Length: > 0 } name)
        {
            throw new OpsException(ErrorIds.ProfileNotFound, SessionMessages.EnvironmentProfileNotFound(name));
        }

        try
        {
            return options.Host.Machine?.Credentials(options.Host.Environment) is { } machine
                ? new SourcedCredentials(machine, SessionMessages.CredentialChain())
                : throw new OpsException(ErrorIds.NoCredentials, SessionMessages.NoCredentials());
        }
        catch (Exception error) when (error is AmazonClientException or AmazonServiceException or InvalidOperationException)
        {
            throw new OpsException(ErrorIds.NoCredentials, SessionMessages.NoCredentials(), error);
        }
    }

    private SourcedCredentials FromProfile(SharedProfile named) => Guarded(() => methods.Of(named), SessionMessages.Profile(named.Name))!;

    private static SourcedCredentials? Guarded(Func<AWSCredentials?> find, Message source)
    {
        try
        {
            return find() is { } found ? new SourcedCredentials(found, source) : null;
        }
        catch (Exception error) when (error is not OpsException)
        {
            throw SourcedCredentials.Unusable(error, source);
        }
    }

    private static SourcedCredentials FromObject(object given, Message parameter)
    {
        if (given is AWSCredentials own)
            return new SourcedCredentials(own, parameter);
        if (ForeignCredentials.Understands(given))
            return new SourcedCredentials(new ForeignCredentials(given), parameter);
        throw new OpsException(ErrorIds.InvalidArgument, SessionMessages.NotCredentials(parameter, given.GetType().FullName));
    }
}
