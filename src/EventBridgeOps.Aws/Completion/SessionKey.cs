using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using EventBridgeOps.Aws.Sessions;

namespace EventBridgeOps.Aws.Completion;

/// <summary>A key for the account, Region, endpoint and identity of a session.</summary>
/// <remarks>It contains no secret: the identity is represented by its access key ID, its profile, or the object that contains it.</remarks>
internal static class SessionKey
{
    private static readonly ConditionalWeakTable<object, string> Objects = new();
    private static readonly string[] KeyNames = ["AccessKey", "AccessKeyId"];
    private static int s_objects;

    /// <summary>The key.</summary>
    public static string Of(SessionOptions options)
    {
        StringBuilder text = new();
        foreach (string? part in new[] { options.Region, options.StoredRegion, options.ProfileName, options.ProfileLocation, options.AccessKey, options.EndpointUrl, Of(options.Credential), Of(options.StoredCredential) })
            text.Append(part).Append('\n');
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().OrderBy(variable => (string)variable.Key, StringComparer.Ordinal))
        {
            if (IsTelling((string)variable.Key))
                text.Append(variable.Key).Append('=').Append(variable.Value).Append('\n');
        }

        foreach (string file in Files(options))
            text.Append(File.GetLastWriteTimeUtc(file).Ticks.ToString(CultureInfo.InvariantCulture)).Append('\n');
        return text.ToString();
    }

    private static bool IsTelling(string variable) =>
        variable.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)
        && !variable.EndsWith("_TOKEN", StringComparison.OrdinalIgnoreCase)
        && !string.Equals(variable, "AWS_SECRET_ACCESS_KEY", StringComparison.OrdinalIgnoreCase);

    /// <summary>The files that define profiles; a missing file has a time as well.</summary>
    private static IEnumerable<string> Files(SessionOptions options)
    {
        string home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aws");
        yield return Environment.GetEnvironmentVariable("AWS_CONFIG_FILE") is { Length: > 0 } config ? config : Path.Combine(home, "config");
        yield return options.ProfileLocation ?? (Environment.GetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE") is { Length: > 0 } credentials ? credentials : Path.Combine(home, "credentials"));
    }

    private static string? Of(object? credentials) => credentials is null ? null
        : AccessKeyOf(credentials) ?? Objects.GetValue(credentials, _ => Interlocked.Increment(ref s_objects).ToString(CultureInfo.InvariantCulture));

    private static string? AccessKeyOf(object credentials) =>
        KeyNames
            .Select(name => credentials.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance))
            .Select(property => property?.GetIndexParameters().Length == 0 ? property.GetValue(credentials) as string : null)
            .FirstOrDefault(key => key is { Length: > 0 });
}
