using System.CommandLine;
using System.Runtime.CompilerServices;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Cli.Events;

/// <summary>The options that specify events or entries.</summary>
/// <param name="what">What they are: <c>event</c> or <c>entry</c>.</param>
internal sealed class EventArguments(string what)
{
    public const string StandardInput = "-";

    /// <summary>What the standard input is called in messages.</summary>
    public const string StandardInputName = "standard input";

    private readonly Option<string[]> _text = Options.Texts($"--{what}", "json", $"An {what} as JSON text. Can be specified multiple times.");
    private readonly Option<string[]> _path = Path(what);

    public IEnumerable<Option> All => [_text, _path];

    /// <summary>Whether any are specified, other than on standard input.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetResult(_text) is not null || parsed.GetResult(_path) is not null;

    /// <summary>The events in the order specified, or those of standard input if none are specified.</summary>
    public IAsyncEnumerable<EventDocument> Bind(ParseResult parsed, Screen screen, CancellationToken cancellationToken)
    {
        CheckIsGiven(parsed, screen.Terminal);
        return ReadAsync(parsed, screen.Terminal, screen, cancellationToken);
    }

    /// <summary>The same for a check, which fails if there are none.</summary>
    public IAsyncEnumerable<EventDocument> BindForCheck(ParseResult parsed, Terminal terminal, IRunObserver observer, CancellationToken cancellationToken)
    {
        CheckIsGiven(parsed, terminal);
        return CheckInput.RequireAsync(counted => ReadAsync(parsed, terminal, counted, cancellationToken), observer, cancellationToken);
    }

    /// <summary>The option that names files of events or entries.</summary>
    public static Option<string[]> Path(string what)
    {
        Option<string[]> path = Options.Texts($"--{what}-path", "path", $"A file of {(what == "entry" ? "entries" : "events")}: JSON, JSON lines or a JSON array, optionally compressed with gzip. Use '-' for standard input. Can be specified multiple times.");
        return what == "entry" ? path.Or("--entry-file") : path; // As 'event send' names it.
    }

    private void CheckIsGiven(ParseResult parsed, Terminal terminal)
    {
        if (!IsGiven(parsed) && (terminal.InIsTerminal || terminal.InIsClosed))
            throw new OpsException(ErrorIds.InvalidArgument, what == "entry" ? EventCommandMessages.NoInput(what, "Entry", "EntryPath") : EventCommandMessages.NoInput(what, "Event", "EventPath"));
    }

    private async IAsyncEnumerable<EventDocument> ReadAsync(ParseResult parsed, Terminal terminal, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string text in parsed.GetValue(_text) ?? [])
        {
            foreach (EventDocument document in EventReader.ReadText(text, $"--{what}", observer))
                yield return document;
        }

        await foreach (EventDocument document in ReadAsync(IsGiven(parsed) ? parsed.GetValue(_path) ?? [] : [StandardInput], terminal, observer, cancellationToken))
            yield return document;
    }

    /// <summary>The events of files and of standard input.</summary>
    public static async IAsyncEnumerable<EventDocument> ReadAsync(string[] paths, Terminal terminal, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string path in paths)
        {
            IAsyncEnumerable<EventDocument> documents = path == StandardInput
                ? EventReader.ReadAsync(terminal.InBytes, StandardInputName, observer, cancellationToken)
                : EventReader.ReadFileAsync(path, observer, cancellationToken);
            await foreach (EventDocument document in documents)
                yield return document;
        }
    }
}
