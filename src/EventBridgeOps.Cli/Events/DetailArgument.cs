using System.CommandLine;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Events.Files;

namespace EventBridgeOps.Cli.Events;

/// <summary>The detail of an event: JSON text, or a file as the AWS CLI names one (<c>file://detail.json</c>).</summary>
/// <param name="description">The help text.</param>
internal sealed class DetailArgument(string description)
{
    private const string File = "file://";

    public Option<string?> Option { get; } = Options.Text("--detail", "json", description);

    /// <summary>The text; null if none is specified.</summary>
    /// <exception cref="EventBridgeOps.Events.Messages.OpsException">The file cannot be read.</exception>
    public string? Read(ParseResult parsed)
    {
        string? given = parsed.GetValue(Option);
        return given is not null && given.StartsWith(File, StringComparison.OrdinalIgnoreCase) ? InputFile.ReadText(given[File.Length..]) : given;
    }
}
