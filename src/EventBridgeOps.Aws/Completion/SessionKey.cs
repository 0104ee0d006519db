using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Wire;

namespace EventBridgeOps.Aws.Completion;

/// <summary>A key for the account, Region, endpoint and identity of a session.</summary>
/// <remarks>It contains no secret: the identity is represented by its access key ID, its profile, or the object that contains it.</remarks>
internal static class SessionKey
{
    private static readonly ConditionalWeakTable<object, string> Objects = new();
    private static readonly string[] KeyNames = ["AccessKey", "AccessKeyId"];
    private static int s_objects;

    /// <summary>The environment variables by which a session finds its Region, its endpoints and its identity, without the secret ones.</summary>
    private static readonly string[] Variables =
    [
        "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_ENDPOINT_URL", .. AwsService.All.Select(service => "AWS_ENDPOINT_URL_" + service.ServiceId.ToUpperInvariant()), "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT",
        SessionHost.SandboxVariable,
    ];

    /// <summary>The key.</summary>
    public static string Of(SessionOptions options)
    {
        StringBuilder text = new();
        foreach (string? part in new[] { options.Region, options.StoredRegion, options.ProfileName, options.ProfileLocation, options.AccessKey, options.EndpointUrl, Of(options.Credential), Of(options.StoredCredential) })
            text.Append(part).Append('\n');
        foreach (string variable in Variables)
            text.Append(options.Host.Environment(variable)).Append('\n');
        foreach (string file in new ProfileFiles(options).Paths)
            text.Append(file).Append(File.GetLastWriteTimeUtc(file).Ticks.ToString(CultureInfo.InvariantCulture)).Append('\n'); // A missing file has a time as well.
        return text.ToString();
    }

    private static string? Of(object? credentials) => credentials is null ? null
        : AccessKeyOf(credentials) ?? Objects.GetValue(credentials, _ => Interlocked.Increment(ref s_objects).ToString(CultureInfo.InvariantCulture));

    private static string? AccessKeyOf(object credentials) =>
        KeyNames
            .Select(name => credentials.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance))
            .Select(property => property?.GetIndexParameters().Length == 0 ? property.GetValue(credentials) as string : null)
            .FirstOrDefault(key => key is { Length: > 0 });
}
