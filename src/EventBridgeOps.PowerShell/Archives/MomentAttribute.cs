using System.Globalization;
using System.Management.Automation;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Archives;

/// <summary>Takes a time of the shell, or a time span, for the text of a moment. A time without a time zone is local, as in the shell.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MomentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        DateTime time => ShellTime.Text(time.ToUniversalTime()),
        DateTimeOffset time => ShellTime.Text(time),
        TimeSpan ago => ago.ToString("c", CultureInfo.InvariantCulture),
        _ => inputData,
    };
}
