using System.Text.RegularExpressions;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Language;

/// <summary><c>ebops help errors</c>: what each error means, and what to do.</summary>
internal static partial class ErrorTopic
{
    public const string Name = "errors";

    /// <summary>Shows all errors, or those with the specified IDs.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: there is no such error.</exception>
    public static void Show(Terminal terminal, IReadOnlyList<string> ids)
    {
        foreach (string id in ids.Where(id => !Is(id)))
            throw new OpsException(ErrorIds.InvalidArgument, NearestName.Of(id, ErrorIds.All.Select(error => error.Id)) is { } meant ? UsageMessages.DidYouMean(meant, UsageMessages.UnknownError(id)) : UsageMessages.UnknownError(id));
        foreach (ErrorDescription error in ErrorIds.All.Where(error => ids.Count == 0 || ids.Contains(error.Id, StringComparer.OrdinalIgnoreCase)))
        {
            terminal.Out.WriteLine(error.Id);
            foreach (string line in WrappedText.Lines(Spelled($"{error.Meaning} {error.Advice}"), terminal.Width - 2))
                terminal.Out.WriteLine("  " + line);
        }
    }

    // The descriptions name cmdlets with their commands, and parameters.
    private static string Spelled(string text) =>
        ParameterName().Replace(WithCommand().Replace(text, "${command}"), name => CommandLineVoice.Instance.Parameter(name.Groups["name"].Value)).Replace("`", "", StringComparison.Ordinal);

    [GeneratedRegex(@"`[A-Z]\w+-[^`]+` \((?<command>`ebops [^`]+`)\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WithCommand();

    [GeneratedRegex(@"(?<=`)-(?<name>[A-Z]\w+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ParameterName();

    private static bool Is(string id) => ErrorIds.All.Any(error => error.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}
