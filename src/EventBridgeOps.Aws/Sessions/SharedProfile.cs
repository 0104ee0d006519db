namespace EventBridgeOps.Aws.Sessions;

/// <summary>A profile, as the shared configuration files define it.</summary>
/// <param name="name">Its name.</param>
/// <param name="fields">Its fields, with those of its <c>sso_session</c>.</param>
/// <param name="endpoints">The endpoints of its <c>services</c> section, by the name of the service there; null for a service that is listed without one.</param>
internal sealed class SharedProfile(string name, IReadOnlyDictionary<string, string> fields, IReadOnlyDictionary<string, string?> endpoints)
{
    private static readonly string[] Methods = ["aws_access_key_id", "role_arn", "credential_process", "login_session", "sso_account_id", "sso_role_name", "sso_start_url", "sso_session"];

    public string Name => name;

    /// <summary>A field; null if it is missing or empty.</summary>
    public string? this[string field] => fields.TryGetValue(field, out string? value) && value.Length > 0 ? value : null;

    public string? Region => this["region"];

    /// <summary>Whether it says how to get credentials.</summary>
    public bool HasCredentials => Array.Exists(Methods, method => this[method] is not null);

    /// <summary>The endpoint of a service: a service that is listed does not use the endpoint of the profile.</summary>
    public string? Endpoint(string service) => endpoints.TryGetValue(service, out string? url) ? url : this["endpoint_url"];
}
