using System.Text.RegularExpressions;
using EventBridgeOps.Cli.Hosting;
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
    public static string Line(OpsException error) => $"error: {error.ErrorId}: {error.In(Instance).Message}";

    /// <summary><c>target list</c> becomes <c>ebops target list</c>.</summary>
    public string Command(string path) => $"ebops {path}";

    /// <summary><c>ToRevision</c> becomes <c>--to-revision</c>.</summary>
    public string Parameter(string name) => "-" + Hump().Replace(name, hump => "-" + char.ToLowerInvariant(hump.Value[0]));

    public string Topic(string name) => $"ebops help {name}";

    [GeneratedRegex("[A-Z]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hump();
}

/// <summary>What is said before there is a screen.</summary>
internal static class Speech
{
    /// <summary>Writes a message to standard error.</summary>
    public static void Say(this Terminal terminal, Message message) => terminal.Error.WriteLine(message.In(CommandLineVoice.Instance));

    /// <summary>Writes an error to standard error.</summary>
    public static void Say(this Terminal terminal, OpsException error) => terminal.Error.WriteLine(CommandLineVoice.Line(error));

    /// <summary>Writes a warning to standard error.</summary>
    public static void Warn(this Terminal terminal, Message message) => terminal.Error.WriteLine("warning: " + message.In(CommandLineVoice.Instance));
}
