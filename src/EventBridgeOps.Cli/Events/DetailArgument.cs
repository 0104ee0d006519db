using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Events.Files;

namespace EventBridgeOps.Cli.Events;

/// <summary>The detail of an event, or an event: JSON text, or a file as the AWS CLI names one (<c>file://detail.json</c>).</summary>
/// <param name="description">The help text.</param>
/// <param name="name">The name of the option.</param>
internal sealed class DetailArgument(string description, string name = "--detail")
{
    private const string File = "file://";
    private const int MostMegabytes = 16;

    public Option<string?> Option { get; } = Options.Text(name, "json", description);

    /// <summary>The text; null if none is specified.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">The terminal, to whose current folder a path is relative.</param>
    /// <exception cref="EventBridgeOps.Events.Messages.OpsException">The file cannot be read.</exception>
    public string? Read(ParseResult parsed, Terminal terminal)
    {
        string? given = parsed.GetValue(Option);
        if (given?.StartsWith(File, StringComparison.OrdinalIgnoreCase) != true)
            return given;
        string path = given[File.Length..];
        return InputFile.ReadText(path, MostMegabytes, path.Length > 0 ? terminal.Host.FullPath(path) : path);
    }
}
