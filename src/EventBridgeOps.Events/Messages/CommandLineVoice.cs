namespace EventBridgeOps.Events.Messages;

/// <summary>Messages as the command line spells them. What runs without a front end speaks so too, for a person who reads it runs commands.</summary>
public sealed class CommandLineVoice : IVoice
{
    private CommandLineVoice()
    {
    }

    /// <summary>The one instance.</summary>
    public static CommandLineVoice Instance { get; } = new();

    /// <summary><c>target list</c> becomes <c>ebops target list</c>.</summary>
    /// <param name="path">The path of the command.</param>
    public string Command(string path) => $"ebops {path}";

    /// <summary><c>ToRevision</c> becomes <c>--to-revision</c>.</summary>
    /// <param name="name">The name of the parameter.</param>
    public string Parameter(string name) => "-" + string.Concat(name.Select(letter => letter is >= 'A' and <= 'Z' ? "-" + char.ToLowerInvariant(letter) : letter.ToString()));

    /// <summary><c>errors</c> becomes <c>ebops help errors</c>.</summary>
    /// <param name="name">The name of the topic.</param>
    public string Topic(string name) => $"ebops help {name}";
}
