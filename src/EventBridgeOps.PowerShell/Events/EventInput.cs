using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using EventBridgeOps.Events;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Events;

/// <summary>
/// Makes events of what a shell hands over: JSON text (whole, or line by line as <c>Get-Content</c> gives it), hashtables, objects, files.
/// </summary>
/// <remarks>It is used on the pipeline thread; files are left to be read by the work, as <see cref="ReadAsync(ChannelReader{EventInputPart}, IRunObserver, CancellationToken)"/> does.</remarks>
internal sealed class EventInput
{
    private readonly StringBuilder _open = new();
    private string _openName = "";
    private int _openLine;
    private int _brackets;
    private int _count;

    /// <summary>Takes one object of the pipeline or of a parameter.</summary>
    /// <param name="input">The object.</param>
    /// <returns>The events that are whole now.</returns>
    public IReadOnlyList<EventInputPart> Add(object? input)
    {
        _count++;
        object? plain = input is PSObject shell && shell.BaseObject is not PSCustomObject ? shell.BaseObject : input;
        if (plain is string line)
            return AddLine(line, Name(input), Line(input));
        List<EventInputPart> parts = [.. Complete()];
        if (plain is FileInfo file)
            parts.Add(new EventInputPart(null, file.FullName, null));
        else if (plain is object[] several)
            parts.AddRange(several.SelectMany(Add));
        else if (plain is not null)
            parts.Add(Convert(input!));
        return parts;
    }

    /// <summary>Takes the end of the input: what is not whole now never will be.</summary>
    public IReadOnlyList<EventInputPart> Complete()
    {
        if (_open.Length == 0)
            return [];
        string text = _open.ToString();
        _open.Clear();
        _brackets = 0;
        return Read(text, _openName, _openLine);
    }

    /// <summary>The events in what was taken, in order; files are opened when it is their turn.</summary>
    /// <param name="parts">What was taken.</param>
    /// <param name="observer">Hears of what is no event, and of progress.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    public static async IAsyncEnumerable<EventDocument> ReadAsync(ChannelReader<EventInputPart> parts, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await parts.WaitToReadAsync(cancellationToken))
        {
            while (parts.TryRead(out EventInputPart? part))
            {
                await foreach (EventDocument document in ReadAsync(part, observer, cancellationToken))
                    yield return document;
            }
        }
    }

    /// <summary>The events in one thing that was taken.</summary>
    /// <param name="part">What was taken.</param>
    /// <param name="observer">Hears of what is no event, and of progress.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    public static async Task<IReadOnlyList<EventDocument>> ReadAllAsync(EventInputPart part, IRunObserver observer, CancellationToken cancellationToken)
    {
        List<EventDocument> documents = [];
        await foreach (EventDocument document in ReadAsync(part, observer, cancellationToken))
            documents.Add(document);
        return documents;
    }

    private static async IAsyncEnumerable<EventDocument> ReadAsync(EventInputPart part, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (part.Failure is not null)
            observer.Failed(part.Failure);
        if (part.Document is not null)
            yield return part.Document;
        if (part.Path is null)
            yield break;
        await foreach (EventDocument document in EventReader.ReadFileAsync(part.Path, observer, cancellationToken))
            yield return document;
    }

    /// <summary>A line may be a whole event, or one of the lines of an event that is written over several.</summary>
    private List<EventInputPart> AddLine(string line, string name, int number)
    {
        List<EventInputPart> parts = [];
        if (_open.Length > 0 && StartsAnew(line))
            parts.AddRange(Complete());
        if (_open.Length == 0)
        {
            if (string.IsNullOrWhiteSpace(line))
                return parts;
            (_openName, _openLine) = (name, number);
        }
        else
        {
            _open.Append('\n');
        }

        _open.Append(line.TrimEnd());
        _brackets += Opened(line);
        if (_brackets <= 0)
            parts.AddRange(Complete());
        return parts;
    }

    /// <summary>Whether nothing that is open goes on with this line, so that a line before it is broken.</summary>
    private bool StartsAnew(string line) => line.StartsWith("{", StringComparison.Ordinal) && _open[_open.Length - 1] switch
    {
        ',' or '[' => false,
        ':' => Opened(line) == 0, // A value that begins at the start of a line has its brackets on lines of their own.
        _ => true,
    };

    /// <summary>How many more brackets a line opens than it closes. No string of JSON goes on in the next line.</summary>
    internal static int Opened(string line)
    {
        int opened = 0;
        bool inString = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (inString && c == '\\')
                i++;
            else if (c == '"')
                inString = !inString;
            else if (!inString)
                opened += c is '{' or '[' ? 1 : c is '}' or ']' ? -1 : 0;
        }

        return opened;
    }

    private static IReadOnlyList<EventInputPart> Read(string text, string name, int firstLine)
    {
        Faults faults = new();
        return [.. EventReader.ReadText(text, name, faults, firstLine).Select(document => new EventInputPart(document, null, null)), .. faults.Parts];
    }

    private EventInputPart Convert(object input)
    {
        string origin = $"{Name(input)}:{_count.ToString(CultureInfo.InvariantCulture)}";
        try
        {
            return new EventInputPart(EventDocument.Parse(EventJson.Write(input), origin), null, null);
        }
        catch (FormatException e)
        {
            return Failed(new OpsException(ErrorIds.InvalidEvent, $"{origin} is no event: {e.Message}.", e), input);
        }
        catch (OpsException e)
        {
            return Failed(e, input);
        }
    }

    private static EventInputPart Failed(OpsException error, object input) => new(null, null, new ItemFailure(error, input));

    // Get-Content marks each line with the file that it is from, and its number.
    private static string Name(object? input) => Note(input, "PSChildName") as string ?? "input";

    private int Line(object? input) => Note(input, "ReadCount") is { } count && LanguagePrimitives.TryConvertTo(count, out int line) && line > 0 ? line : _count;

    private static object? Note(object? input, string name) => input is PSObject shell ? shell.Properties[name]?.Value : null;

    /// <summary>Keeps what could not be read, in order behind what could.</summary>
    private sealed class Faults : IRunObserver
    {
        public List<EventInputPart> Parts { get; } = [];

        public void Failed(ItemFailure failure) => Parts.Add(new EventInputPart(null, null, failure));

        public void Progress(RunProgress progress)
        {
        }

        public void Warning(string message)
        {
        }

        public void Verbose(string message)
        {
        }
    }
}

/// <summary>One thing that was handed over: an event, a file of events, or why it is neither.</summary>
internal sealed record EventInputPart(EventDocument? Document, string? Path, ItemFailure? Failure);
