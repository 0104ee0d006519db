using System.Management.Automation;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>Credentials from a custom object, or one that was read from a file: only PowerShell can read the properties of such an object.</summary>
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

    /// <summary>The credentials, in a form that a session accepts, from a value that the user gave.</summary>
    public static object? From(object? value) => value is not PSObject shell ? value
        : shell.BaseObject is not PSCustomObject ? shell.BaseObject
        : shell.Properties["Credentials"]?.Value is { } held ? From(PSObject.AsPSObject(held))
        : new ShellCredentials(shell);

    public bool Equals(ShellCredentials? other) => other is not null && (AccessKey, SecretKey, Token) == (other.AccessKey, other.SecretKey, other.Token);

    public override bool Equals(object? obj) => Equals(obj as ShellCredentials);

    public override int GetHashCode() => AccessKey?.GetHashCode() ?? 0;

    private static string? Text(PSObject source, string property) => source.Properties[property]?.Value as string;
}

/// <summary>The Region in <c>$StoredAWSRegion</c>: a name, or an object that has one, such as <c>RegionEndpoint</c> of the SDK or the output of <c>Get-AWSRegion</c>.</summary>
internal static class ShellRegion
{
    private static readonly string[] Names = ["SystemName", "Region"];

    /// <summary>The name of the Region; null without one.</summary>
    public static string? From(object? value)
    {
        if (value is null)
            return null;
        PSObject shell = PSObject.AsPSObject(value);
        string? named = shell.BaseObject is string ? null : Names.Select(name => shell.Properties[name]?.Value?.ToString()).FirstOrDefault(name => !string.IsNullOrEmpty(name));
        return named ?? (shell.ToString() is { Length: > 0 } text ? text : null);
    }
}
