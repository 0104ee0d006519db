namespace EventBridgeOps.Events.Messages;

/// <summary>How a front end spells actions, parameters and help topics in what it says.</summary>
public interface IVoice
{
    /// <summary>An action that a user can run.</summary>
    /// <param name="path">Its path, for example <c>target list</c>.</param>
    /// <returns>For example <c>ebops target list</c> or <c>Get-EbTargetRevision</c>.</returns>
    string Command(string path);

    /// <summary>A parameter of an action.</summary>
    /// <param name="name">Its name, for example <c>EventBusName</c>.</param>
    /// <returns>For example <c>--event-bus-name</c> or <c>-EventBusName</c>.</returns>
    string Parameter(string name);

    /// <summary>A page of the help.</summary>
    /// <param name="name">Its name: <c>errors</c>.</param>
    string Topic(string name);
}

/// <summary>The spelling of no front end: names as they are. For logs, and where a library is used by itself.</summary>
public sealed class NeutralVoice : IVoice
{
    private NeutralVoice()
    {
    }

    /// <summary>The one instance.</summary>
    public static NeutralVoice Instance { get; } = new();

    /// <inheritdoc/>
    public string Command(string path) => path;

    /// <inheritdoc/>
    public string Parameter(string name) => name;

    /// <inheritdoc/>
    public string Topic(string name) => $"docs/{name}.md";
}
