using System.Text.RegularExpressions;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Language;

/// <summary>Messages as the command line spells them.</summary>
internal sealed partial class CommandLineVoice : IVoice
{
    private CommandLineVoice()
    {
    }

    public static CommandLineVoice Instance { get; } = new();

    /// <summary>An error's line.</summary>
    public static string Line(OpsException error) => Line(error.ErrorId, error.In(Instance).Message);

    /// <summary>The line of an error that only the command line knows.</summary>
    public static string Line(string errorId, string message) => $"error: {errorId}: {message}";

    /// <summary><c>target list</c> becomes <c>ebops target list</c>.</summary>
    public string Command(string path) => $"ebops {path}";

    /// <summary><c>ToRevision</c> becomes <c>--to-revision</c>.</summary>
    public string Parameter(string name) => "-" + Hump().Replace(name, hump => "-" + char.ToLowerInvariant(hump.Value[0]));

    public string Topic(string name) => $"docs/{name}.md";

    [GeneratedRegex("[A-Z]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hump();
}
