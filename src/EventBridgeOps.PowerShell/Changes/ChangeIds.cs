namespace EventBridgeOps.PowerShell.Changes;

internal static class ChangeIds
{
    /// <summary>The ids that are there: a target that was left alone has no change.</summary>
    public static IEnumerable<string> Of(string?[]? ids) => (ids ?? []).OfType<string>().Where(id => id.Length > 0);
}
