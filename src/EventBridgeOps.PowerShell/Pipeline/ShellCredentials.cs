using System.Management.Automation;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>Credentials out of an object that a script made by hand or read from a file: only PowerShell sees such an object's properties.</summary>
internal sealed class ShellCredentials : IEquatable<ShellCredentials>
{
    private ShellCredentials(PSObject source)
    {
        AccessKey = Text(source, "AccessKey") ?? Text(source, "AccessKeyId");
        SecretKey = Text(source, "SecretKey") ?? Text(source, "SecretAccessKey");
        Token = Text(source, "Token") ?? Text(source, "SessionToken");
    }

    public string? AccessKey { get; }

    public string? SecretKey { get; }

    public string? Token { get; }

    /// <summary>What a session understands of a value that the user gave for credentials.</summary>
    public static object? From(object? value) => value is not PSObject shell ? value
        : shell.BaseObject is not PSCustomObject ? shell.BaseObject
        : shell.Properties["Credentials"]?.Value is { } held ? From(PSObject.AsPSObject(held))
        : new ShellCredentials(shell);

    public bool Equals(ShellCredentials? other) => other is not null && (AccessKey, SecretKey, Token) == (other.AccessKey, other.SecretKey, other.Token);

    public override bool Equals(object? obj) => Equals(obj as ShellCredentials);

    public override int GetHashCode() => AccessKey?.GetHashCode() ?? 0;

    private static string? Text(PSObject source, string property) => source.Properties[property]?.Value as string;
}

/// <summary>The region in what <c>$StoredAWSRegion</c> holds: a name, or an object that has one, such as the SDK's <c>RegionEndpoint</c> or what <c>Get-AWSRegion</c> gives.</summary>
internal static class ShellRegion
{
    private static readonly string[] Names = ["SystemName", "Region"];

    /// <summary>The region's name; null where there is none.</summary>
    public static string? From(object? value)
    {
        if (value is null)
            return null;
        PSObject shell = PSObject.AsPSObject(value);
        string? named = shell.BaseObject is string ? null : Names.Select(name => shell.Properties[name]?.Value?.ToString()).FirstOrDefault(name => !string.IsNullOrEmpty(name));
        return named ?? (shell.ToString() is { Length: > 0 } text ? text : null);
    }
}
