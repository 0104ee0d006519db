using System.Management.Automation;

namespace EventBridgeOps.PowerShell.Pipeline;

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
