namespace EventBridgeOps.PowerShell.Changes;

internal static class ChangeIds
{
    /// <summary>The IDs that exist: a target that was not changed has none.</summary>
    public static IEnumerable<string> Of(string?[]? ids) => (ids ?? []).OfType<string>().Where(id => id.Length > 0);
}
