using System.Management.Automation;
using EventBridgeOps.Installation;
using EventBridgeOps.PowerShell.Sessions;

namespace EventBridgeOps.PowerShell.Automation;

/// <summary>A cmdlet for an installation of the automation.</summary>
public abstract class AutomationCmdlet : SessionCmdlet
{
    private protected AutomationCmdlet()
    {
    }

    /// <inheritdoc cref="AutomationQuery.StackName"/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? StackName { get; set; }

    /// <summary>The name of the stack: specified, or else that of the environment, or else the one by default.</summary>
    private protected string Stack => StackName ?? (Setting("EBOPS_STACK") is { Length: > 0 } set ? set : AutomationQuery.DefaultStackName);
}
