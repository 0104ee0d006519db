using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>Finds the credentials.</summary>
internal static class CredentialSource
{
    private static readonly TimeSpan ChainLimit = TimeSpan.FromSeconds(5);

    /// <summary>The credentials, from the first source that the user gave, else from the SDK's own chain.</summary>
    /// <exception cref="OpsException">There are none, or they cannot be used.</exception>
    public static AWSCredentials Find(SessionOptions options, NamedProfile? profile)
    {
        if (options.AccessKey is not null || options.SecretKey is not null || options.SessionToken is not null)
            return FromKeys(options);
        if (profile is not null)
            return FromProfile(profile, options.MfaCode);
        if (options.Credential is not null)
            return FromObject(options.Credential, "Credential");
        if (options.StoredCredential is not null)
            return FromObject(options.StoredCredential, "$StoredAWSCredentials");
        return FromEnvironment(options.MfaCode);
    }

    /// <summary>The order is the SDK's. A profile is taken here, because the SDK passes over one that cannot be used without a word.</summary>
    private static SourcedCredentials FromEnvironment(Func<string, string?>? mfaCode) =>
        !IsSet("AWS_ACCESS_KEY_ID") && !IsSet("AWS_WEB_IDENTITY_TOKEN_FILE") && NamedProfile.FindDefault() is { Content.CanCreateAWSCredentials: true } profile
            ? FromProfile(profile, mfaCode)
            : FromChain();

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    private static AWSCredentials FromKeys(SessionOptions options)
    {
        if (options.AccessKey is not { Length: > 0 } key || options.SecretKey is not { Length: > 0 } secret)
            throw new OpsException(ErrorIds.InvalidArgument, "AccessKey and SecretKey go together: give both (and SessionToken with temporary ones), or none.");
        return options.SessionToken is { Length: > 0 } token ? new SessionAWSCredentials(key, secret, token) : new BasicAWSCredentials(key, secret);
    }

    private static SourcedCredentials FromProfile(NamedProfile profile, Func<string, string?>? mfaCode)
    {
        string source = $"profile '{profile.Content.Name}'";
        try
        {
            AWSCredentials credentials = AWSCredentialsFactory.GetAWSCredentials(profile.Content, profile.Store);
            if (credentials is AssumeRoleAWSCredentials { Options.MfaSerialNumber: { Length: > 0 } device } role)
                AssumeWithCode(role, device, mfaCode, source);
            return new SourcedCredentials(credentials, source);
        }
        catch (Exception error) when (error is not OpsException)
        {
            throw SourcedCredentials.Unusable(error, source);
        }
    }

    /// <summary>Now, while the user can be asked: later calls come from threads that cannot ask.</summary>
    private static void AssumeWithCode(AssumeRoleAWSCredentials role, string device, Func<string, string?>? mfaCode, string source)
    {
        if (mfaCode is null)
        {
            throw new OpsException(
                ErrorIds.NoCredentials,
                $"The {source} asks for a code of the MFA device {device}, and nobody can be asked for it here. Assume the role first (aws sts assume-role) and give its keys, or name another profile.");
        }

        bool opening = true;
        role.Options.MfaTokenCodeCallback = () => opening
            ? mfaCode(device) ?? ""
            : throw new OpsException(ErrorIds.ExpiredCredentials, $"The role session of {source} has expired. Run the command again; it will ask for a new MFA code.");
        role.GetCredentials();
        opening = false;
    }

    private static SourcedCredentials FromObject(object given, string parameter)
    {
        if (given is AWSCredentials own)
            return new SourcedCredentials(own, parameter);
        if (ForeignCredentials.Understands(given))
            return new SourcedCredentials(new ForeignCredentials(given), parameter);
        throw new OpsException(
            ErrorIds.InvalidArgument,
            $"{parameter} is a {given.GetType().FullName}, which holds no AWS credentials: give what Get-AWSCredential or Use-STSRole returns, or an object with AccessKey, SecretKey and Token.");
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
            throw new OpsException(ErrorIds.ProfileNotFound, $"There is no profile '{NamedProfile.DefaultName}', which AWS_PROFILE names. Correct or remove AWS_PROFILE.", error);
        }
        catch (Exception error) when (error is AmazonClientException or AmazonServiceException or InvalidOperationException)
        {
            cause = error;
        }

        return found is not null ? new SourcedCredentials(found, "the AWS environment") : throw new OpsException(
            ErrorIds.NoCredentials,
            "No AWS credentials were found. Give them with -ProfileName (--profile-name), with -AccessKey and -SecretKey, with -Credential or Set-AWSCredential, " +
            "in the environment (AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY), in a default profile (aws configure, aws sso login), or by a container's or instance's role.",
            cause);
    }
}

/// <summary>Asks what may ask the instance metadata service, which off EC2 can keep one waiting for long.</summary>
internal static class Metadata
{
    /// <summary>The answer; null when there is none within the limit.</summary>
    public static T? Ask<T>(Func<T?> ask, TimeSpan limit) where T : class
    {
        Task<T?> asking = Task.Run(ask);
        return ((IAsyncResult)asking).AsyncWaitHandle.WaitOne(limit) ? asking.GetAwaiter().GetResult() : null;
    }
}
