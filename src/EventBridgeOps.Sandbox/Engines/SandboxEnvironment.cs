using System.Collections;

namespace EventBridgeOps.Sandbox.Engines;

/// <summary>The environment variables that make an AWS client use a local endpoint.</summary>
public static class SandboxEnvironment
{
    private const string EndpointPrefix = "AWS_ENDPOINT_URL_";

    /// <summary>The variables that would lead AWS tools elsewhere than to the sandbox: other credentials, other endpoints, other profiles. They are removed even if they are not set, since the lines may be read in another shell.</summary>
    /// <remarks>https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html.</remarks>
    private static readonly string[] s_elsewhere =
    [
        "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME", "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT",
        EndpointPrefix + "EVENTBRIDGE", EndpointPrefix + "BATCH", EndpointPrefix + "ECR", EndpointPrefix + "STS", EndpointPrefix + "DYNAMODB", EndpointPrefix + "SQS", EndpointPrefix + "ECS",
        EndpointPrefix + "SSM", EndpointPrefix + "CLOUDTRAIL",
    ];

    private static readonly string[] s_proxies = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
    private static readonly string[] s_noProxies = ["NO_PROXY", "no_proxy"];

    /// <summary>What changes in an environment so that a sandbox is its only AWS: the value of each variable; null for those to remove.</summary>
    /// <param name="sandbox">The variables of the sandbox: <see cref="ISandboxEngine.Environment"/>.</param>
    /// <param name="current">The environment to change, as <see cref="System.Environment.GetEnvironmentVariables()"/> returns it.</param>
    public static IReadOnlyDictionary<string, string?> Changes(IReadOnlyDictionary<string, string> sandbox, IDictionary current)
    {
        StringComparer comparer = Path.DirectorySeparatorChar == '\\' ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal; // As the operating system compares them.
        Dictionary<string, string?> before = new(comparer), changes = new(comparer);
        foreach (DictionaryEntry variable in current)
            before[(string)variable.Key] = (string?)variable.Value;
        foreach (string name in s_elsewhere.Concat(before.Keys.Where(IsEndpoint)))
            changes[name] = null;
        foreach (KeyValuePair<string, string> variable in sandbox)
            changes[variable.Key] = variable.Value;
        if (s_proxies.Any(proxy => before.TryGetValue(proxy, out string? url) && !string.IsNullOrEmpty(url)))
        {
            string host = new Uri(sandbox["AWS_ENDPOINT_URL"]).Host;
            foreach (string name in s_noProxies)
            {
                string hosts = before.TryGetValue(name, out string? value) ? value ?? "" : "";
                if (!hosts.Split(',').Any(one => one.Trim() == host || one.Trim() == "*"))
                    changes[name] = hosts.Length == 0 ? host : $"{hosts},{host}";
            }
        }

        return changes;
    }

    /// <summary>What changes in the environment of a program that the sandbox starts, and that works in a Region of it.</summary>
    internal static IReadOnlyDictionary<string, string?> OfChild(IReadOnlyDictionary<string, string> sandbox, string region) =>
        new Dictionary<string, string?>(Changes(sandbox, System.Environment.GetEnvironmentVariables()).ToDictionary(variable => variable.Key, variable => variable.Value))
        {
            ["AWS_REGION"] = region,
            ["AWS_DEFAULT_REGION"] = region,
        };

    internal static IReadOnlyDictionary<string, string> For(Uri endpoint, string region, SandboxJournal journal) => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = endpoint.GetLeftPart(UriPartial.Authority),
        ["AWS_ACCESS_KEY_ID"] = "sandbox",
        ["AWS_SECRET_ACCESS_KEY"] = "sandbox",
        ["AWS_REGION"] = region,
        ["AWS_DEFAULT_REGION"] = region,
        [SandboxJournal.Variable] = journal.Folder,
    };

    // A shell runs these names as part of a line, so only what it takes for a name is one.
    private static bool IsEndpoint(string name) =>
        name.StartsWith(EndpointPrefix, StringComparison.OrdinalIgnoreCase) && name.All(c => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');
}
