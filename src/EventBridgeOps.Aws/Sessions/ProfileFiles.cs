using System.Globalization;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Internal.Util;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>The files of profiles that a session uses: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html.</summary>
/// <remarks>The SDK parses them, but it would look for them, and for the default profile, in the environment of the process.</remarks>
internal sealed class ProfileFiles
{
    private const string Default = "default";

    private readonly string? _credentials;
    private readonly string? _config;
    private readonly Machine? _machine;

    public ProfileFiles(SessionOptions options)
    {
        SessionHost host = options.Host;
        Home = Variable("HOME") ?? Variable("USERPROFILE");
        DefaultName = Variable("AWS_PROFILE") is { } name && name.Trim().Length > 0 ? name : Default;
        _credentials = options.ProfileLocation is { } location ? host.FullPath(location) : Existing("AWS_SHARED_CREDENTIALS_FILE") ?? AtHome("credentials");
        _config = Existing("AWS_CONFIG_FILE") ?? (_credentials is null ? null : Path.Combine(Path.GetDirectoryName(_credentials)!, "config"));
        _machine = options.ProfileLocation is null ? host.Machine : null;

        string? Variable(string variable) => host.Environment(variable) is { Length: > 0 } value ? value : null;
        string? Existing(string variable) => Variable(variable) is { } path && File.Exists(host.FullPath(path)) ? host.FullPath(path) : null;
    }

    /// <summary>The user's home; null if the environment names none.</summary>
    public string? Home { get; }

    /// <summary>The name of the profile that is used when none is specified.</summary>
    public string DefaultName { get; }

    /// <summary>The paths of the files, whether they exist or not.</summary>
    public IReadOnlyList<string> Paths => [.. new[] { _credentials, _config }.OfType<string>()];

    /// <summary>The profile that the user specified; null if the user specified neither a profile nor a file.</summary>
    /// <exception cref="OpsException">It was not found.</exception>
    public SharedProfile? Named(SessionOptions options)
    {
        if (options.ProfileName is null && options.ProfileLocation is null)
            return null;
        if (options.ProfileLocation is { } location && !File.Exists(_credentials!))
            throw InputFile.NotReadable(location, new FileNotFoundException());
        string name = options.ProfileName ?? DefaultName;
        return Find(name) ?? throw new OpsException(ErrorIds.ProfileNotFound, SessionMessages.ProfileNotFound(name, options.ProfileLocation is { } file ? [file] : Paths));
    }

    /// <summary>Finds a profile; null if it does not exist.</summary>
    /// <exception cref="InvalidDataException">A file is not valid.</exception>
    public SharedProfile? Find(string name)
    {
        if (_machine?.Profiles() is { } profiles && profiles.TryGetProfile(name, out CredentialProfile? kept))
            return new SharedProfile(name, Fields(kept), new Dictionary<string, string?>());
        ProfileIniFile? config = Open(_config, name != Default), credentials = Open(_credentials, markerRequired: false);
        Dictionary<string, string>? fields = null;
        foreach (ProfileIniFile? file in new[] { config, credentials })
        {
            if (file is null || !file.TryGetSection(name, false, false, out Dictionary<string, string> section, out _))
                continue;
            fields ??= new(StringComparer.OrdinalIgnoreCase);
            foreach (KeyValuePair<string, string> field in section)
                fields[field.Key] = field.Value; // The credentials file wins.
        }

        if (fields is null)
            return null;
        if (config is not null)
            config.ProfileMarkerRequired = true;
        AddSsoSession(fields, config);
        return new SharedProfile(name, fields, Endpoints(fields, config));
    }

    /// <summary>All profiles that say how to get credentials.</summary>
    public IEnumerable<SharedProfile> List()
    {
        HashSet<string> names = Open(_credentials, markerRequired: false)?.ListSectionNames() ?? [];
        if (Open(_config, markerRequired: true) is { } config)
            names.UnionWith(config.ListSectionNames());
        if (Open(_config, markerRequired: false)?.SectionExists(Default) == true)
            names.Add(Default);
        if (_machine?.Profiles() is { } profiles)
            names.UnionWith(profiles.ListProfiles().Select(profile => profile.Name));
        return names.Select(Find).OfType<SharedProfile>().Where(profile => profile.HasCredentials);
    }

    private string? AtHome(string file) => Home is null ? null : Path.Combine(Home, ".aws", file);

    private static ProfileIniFile? Open(string? path, bool markerRequired) => path is not null && File.Exists(path) ? new ProfileIniFile(path, markerRequired) : null;

    private static void AddSsoSession(Dictionary<string, string> fields, ProfileIniFile? config)
    {
        if (!fields.TryGetValue("sso_session", out string? name))
            return;
        if (config is null || !config.TryGetSection(name, true, false, out Dictionary<string, string> session, out _))
            throw new InvalidDataException(SessionMessages.NoSsoSession(name).ToString());
        foreach (string field in new[] { "sso_region", "sso_registration_scopes", "sso_start_url" })
        {
            if (session.TryGetValue(field, out string? value))
                fields[field] = value;
        }
    }

    private static Dictionary<string, string?> Endpoints(Dictionary<string, string> fields, ProfileIniFile? config)
    {
        Dictionary<string, string?> endpoints = new(StringComparer.OrdinalIgnoreCase);
        if (fields.TryGetValue("services", out string? services) && config?.TryGetSection(services, false, true, out _, out Dictionary<string, Dictionary<string, string>> nested) == true)
        {
            foreach (KeyValuePair<string, Dictionary<string, string>> service in nested)
                endpoints[service.Key] = service.Value.TryGetValue("endpoint_url", out string? url) ? url : null;
        }

        return endpoints;
    }

    private static Dictionary<string, string> Fields(CredentialProfile kept)
    {
        CredentialProfileOptions options = kept.Options;
        Dictionary<string, string?> fields = new(StringComparer.OrdinalIgnoreCase)
        {
            ["aws_access_key_id"] = options.AccessKey,
            ["aws_secret_access_key"] = options.SecretKey,
            ["aws_session_token"] = options.Token,
            ["credential_process"] = options.CredentialProcess,
            ["credential_source"] = options.CredentialSource,
            ["endpoint_name"] = options.EndpointName,
            ["endpoint_url"] = kept.EndpointUrl,
            ["external_id"] = options.ExternalID,
            ["login_session"] = options.LoginSession,
            ["max_attempts"] = kept.MaxAttempts?.ToString(CultureInfo.InvariantCulture),
            ["mfa_serial"] = options.MfaSerial,
            ["region"] = kept.Region?.SystemName,
            ["retry_mode"] = kept.RetryMode?.ToString(),
            ["role_arn"] = options.RoleArn,
            ["role_session_name"] = options.RoleSessionName,
            ["source_profile"] = options.SourceProfile,
            ["sso_account_id"] = options.SsoAccountId,
            ["sso_region"] = options.SsoRegion,
            ["sso_role_name"] = options.SsoRoleName,
            ["sso_session"] = options.SsoSession,
            ["sso_start_url"] = options.SsoStartUrl,
            ["use_dualstack_endpoint"] = kept.UseDualstackEndpoint?.ToString(),
            ["use_fips_endpoint"] = kept.UseFIPSEndpoint?.ToString(),
            ["user_identity"] = options.UserIdentity,
            ["web_identity_token_file"] = options.WebIdentityTokenFile,
        };
        return fields.Where(field => !string.IsNullOrEmpty(field.Value)).ToDictionary(field => field.Key, field => field.Value!, StringComparer.OrdinalIgnoreCase);
    }
}
