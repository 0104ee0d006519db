using System.Management.Automation;
using System.Reflection;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>Prevents <c>-Debug</c> from asking "Continue with this operation?": it is used to show the calls.</summary>
/// <remarks>
/// With <c>-Debug</c>, PowerShell uses <c>Inquire</c> as the warning preference, whatever <c>$WarningPreference</c> is, and Windows
/// PowerShell as the debug preference too. A cmdlet has no public way to change that; see docs/decisions/0013-debug-does-not-ask.md. If
/// the shell has no such member, it still asks, and nothing else changes.
/// </remarks>
internal static class DebugSwitch
{
    /// <summary>Before the first line is written: what would ask under <c>-Debug</c> is shown instead, unless the user set a preference.</summary>
    public static void Calm(PSCmdlet cmdlet)
    {
        Dictionary<string, object> given = cmdlet.MyInvocation.BoundParameters;
        if (!given.TryGetValue("Debug", out object? debug) || !LanguagePrimitives.IsTrue(debug))
            return;
        Prefer(cmdlet.CommandRuntime, "DebugPreference", ActionPreference.Continue);
        if (!given.ContainsKey("WarningAction"))
            Prefer(cmdlet.CommandRuntime, "WarningPreference", LanguagePrimitives.TryConvertTo(cmdlet.GetVariableValue("WarningPreference"), out ActionPreference wanted) ? wanted : ActionPreference.Continue);
    }

    private static void Prefer(ICommandRuntime runtime, string preference, ActionPreference action)
    {
        PropertyInfo? property = runtime.GetType().GetProperty(preference, BindingFlags.Instance | BindingFlags.NonPublic);
        if (property is { CanWrite: true } && property.PropertyType == typeof(ActionPreference))
            property.SetValue(runtime, action);
    }
}
