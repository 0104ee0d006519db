using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Internal.Settings;
using Amazon.Util;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>
/// What the machine provides by itself: the role of its container or instance, the Region of its instance, and on Windows the encrypted profiles of the AWS SDK.
/// All of it belongs to the process, so a host that opens sessions for others does not pass it on.
/// </summary>
public sealed class Machine
{
    private static readonly TimeSpan RegionLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CredentialsLimit = TimeSpan.FromSeconds(5);

    private readonly Func<string?> _region;
    private readonly Func<Func<string, string?>, AWSCredentials?> _credentials;

    internal Machine(Func<string?> region, Func<Func<string, string?>, AWSCredentials?> credentials) => (_region, _credentials) = (region, credentials);

    /// <summary>This machine, asked through the AWS SDK.</summary>
    public static Machine Current { get; } = new(() => EC2InstanceMetadata.Region?.SystemName, FindRole) { Profiles = UserCrypto.IsUserCryptAvailable ? () => new NetSDKCredentialsFile() : null };

    /// <summary>The profiles that the SDK keeps encrypted; null if it keeps none here.</summary>
    internal Func<ICredentialProfileStore>? Profiles { get; private init; }

    /// <summary>The Region of the instance; null if there is none, or no answer in time.</summary>
    internal string? Region()
    {
        try
        {
            return Ask(_region, RegionLimit);
        }
        catch (Exception error) when (error is AmazonClientException or AmazonServiceException or HttpRequestException or WebException or InvalidOperationException)
        {
            return null; // No instance, no metadata.
        }
    }

    /// <summary>The credentials of the container's or instance's role; null if there are none, or no answer in time.</summary>
    internal AWSCredentials? Credentials(Func<string, string?> environment) => Ask(() => _credentials(environment), CredentialsLimit);

    private static AWSCredentials? FindRole(Func<string, string?> environment)
    {
        if (environment("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is { Length: > 0 } || environment("AWS_CONTAINER_CREDENTIALS_FULL_URI") is { Length: > 0 })
            return new GenericContainerCredentials();
        if (string.Equals(environment("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
            return null;
        InstanceProfileAWSCredentials instance = new();
        instance.GetCredentials();
        return instance;
    }

    /// <summary>The metadata service can take long to be missed outside of EC2.</summary>
    private static T? Ask<T>(Func<T?> ask, TimeSpan limit) where T : class
    {
        Task<T?> asking = Task.Run(ask);
        return ((IAsyncResult)asking).AsyncWaitHandle.WaitOne(limit) ? asking.GetAwaiter().GetResult() : null;
    }
}
