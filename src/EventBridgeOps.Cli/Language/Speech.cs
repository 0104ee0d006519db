using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Language;

/// <summary>What is said before there is a screen.</summary>
internal static class Speech
{
    /// <summary>An error's line.</summary>
    public static string Line(OpsException error) => $"error: {error.ErrorId}: {error.In(CommandLineVoice.Instance).Message}";

    /// <summary>Writes a message to standard error.</summary>
    public static void Say(this Terminal terminal, Message message) => terminal.Error.WriteLine(message.In(CommandLineVoice.Instance));

    /// <summary>Writes an error to standard error.</summary>
    public static void Say(this Terminal terminal, OpsException error) => terminal.Error.WriteLine(Line(error));

    /// <summary>Writes a warning to standard error.</summary>
    public static void Warn(this Terminal terminal, Message message) => terminal.Error.WriteLine("warning: " + message.In(CommandLineVoice.Instance));
}
