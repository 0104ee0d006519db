namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>Permissions that a cmdlet, and the command that performs the same action, requires. The policies in <c>docs/iam.md</c> are generated from it.</summary>
/// <param name="actions">For example <c>events:ListRules</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
internal sealed class RequiresAttribute(params string[] actions) : Attribute
{
    /// <summary>The actions.</summary>
    public IReadOnlyList<string> Actions => actions;

    /// <summary>The resources, as an ARN of the example account; <c>*</c> where an action does not support resource-level permissions.</summary>
    public string On { get; set; } = "*";

    /// <summary>The services that a role is passed to; empty for other actions.</summary>
    public string[] PassedTo { get; set; } = [];

    /// <summary>The section of the page, if only certain parameters require them; null if all uses do.</summary>
    public string? With { get; set; }
}
