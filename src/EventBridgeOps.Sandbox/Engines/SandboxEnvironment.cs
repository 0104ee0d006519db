namespace EventBridgeOps.Sandbox.Engines;

/// <summary>The environment variables that make an AWS client use a local endpoint.</summary>
internal static class SandboxEnvironment
{
    public static IReadOnlyDictionary<string, string> For(Uri endpoint, string region) => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = endpoint.GetLeftPart(UriPartial.Authority),
        ["AWS_ACCESS_KEY_ID"] = "sandbox",
        ["AWS_SECRET_ACCESS_KEY"] = "sandbox",
        ["AWS_REGION"] = region,
        ["AWS_DEFAULT_REGION"] = region,
    };
}
