using System.Management.Automation;
using System.Reflection;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>Messages as PowerShell spells them.</summary>
internal sealed class ShellVoice : IVoice
{
    // Looked through when the first message that names an action is shown, and not at import.
    private static readonly Lazy<Dictionary<string, string>> Cmdlets = new(() => typeof(ShellVoice).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes<PerformsAttribute>().Select(performs => (performs.Action, Cmdlet: type)))
        .ToDictionary(row => row.Action, row => Name(row.Cmdlet), StringComparer.Ordinal));

    private ShellVoice()
    {
    }

    public static ShellVoice Instance { get; } = new();

    /// <summary><c>target list</c> becomes <c>Get-EbTargetRevision</c>.</summary>
    public string Command(string path) => Cmdlets.Value.TryGetValue(path, out string? cmdlet) ? cmdlet : $"ebops {path}";

    /// <summary><c>ToRevision</c> becomes <c>-ToRevision</c>.</summary>
    public string Parameter(string name) => "-" + name;

    public string Topic(string name) => $"Get-Help about_EventBridgeOps_{char.ToUpperInvariant(name[0])}{name.Substring(1)}";

    /// <summary>The name of a cmdlet. Its attribute is read as data, since the build of the help has no shell that could make it.</summary>
    private static string Name(Type cmdlet) => string.Join("-", cmdlet.GetCustomAttributesData().Single(data => data.AttributeType == typeof(CmdletAttribute)).ConstructorArguments.Select(argument => argument.Value));
}

/// <summary>The action that a cmdlet performs, by the name that messages have for it: the path of the same command of the command line.</summary>
/// <param name="action">For example <c>target list</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
internal sealed class PerformsAttribute(string action) : Attribute
{
    /// <summary>The action.</summary>
    public string Action => action;
}
