using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>The environment variables that the cmdlets of one runspace see: those of its sandbox, else those of the process.</summary>
/// <remarks>PowerShell has one <c>$env:</c> for all runspaces of a process. This is the only place that reads it.</remarks>
internal sealed class ShellEnvironment
{
    private static readonly ConditionalWeakTable<Runspace, ShellEnvironment> OfRunspace = new();

    private volatile IReadOnlyDictionary<string, string?> _own = new Dictionary<string, string?>();

    /// <summary>That of the runspace whose pipeline thread asks.</summary>
    public static ShellEnvironment Here => Runspace.DefaultRunspace is { } runspace ? OfRunspace.GetValue(runspace, _ => new ShellEnvironment()) : new ShellEnvironment();

    /// <summary>Reads a variable, from any thread; null if it is not set.</summary>
    public string? Read(string name) => _own.TryGetValue(name, out string? value) ? value : Environment.GetEnvironmentVariable(name);

    /// <summary>Sets the variables of this runspace alone; null hides a variable of the process.</summary>
    public void SetOwn(IReadOnlyDictionary<string, string?> variables) => _own = variables;
}
