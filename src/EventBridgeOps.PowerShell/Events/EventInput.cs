using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Events;

/// <summary>
/// Makes events of input from the shell: JSON text (whole, or line by line as from <c>Get-Content</c>), hashtables, objects, files.
/// </summary>
/// <remarks>It is used on the pipeline thread; files are read by the work, by <see cref="ReadAsync(ChannelReader{EventInputPart}, IRunObserver, CancellationToken)"/>.</remarks>
internal sealed class EventInput
{
    private readonly JsonLines _lines = new();
    private int _count;

    /// <summary>Adds one object from the pipeline or a parameter.</summary>
    /// <param name="input">The object.</param>
    /// <returns>The events that are complete now.</returns>
    public IReadOnlyList<EventInputPart> Add(object? input)
    {
        _count++;
        object? plain = input is PSObject shell && shell.BaseObject is not PSCustomObject ? shell.BaseObject : input;
        if (plain is string line)
            return Read(_lines.Add(line, InputPlace.Name(input), InputPlace.Line(input) ?? _count));
        List<EventInputPart> parts = [.. Complete()];
        if (plain is FileSystemInfo file)
            parts.Add(new EventInputPart(null, file.FullName, null));
        else if (plain is object[] several)
            parts.AddRange(several.SelectMany(Add));
        else if (plain is not null)
            parts.AddRange(Convert(input!));
        return parts;
    }

    /// <summary>Marks the end of the input: what is incomplete now is reported as it is.</summary>
    public IReadOnlyList<EventInputPart> Complete() => Read(_lines.Complete());

    /// <summary>The events in the input, in order; files are opened one after the other.</summary>
    /// <param name="parts">The input.</param>
    /// <param name="observer">Is notified of input that is not an event, and of progress.</param>
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

    /// <summary>The events in one part of the input.</summary>
    /// <param name="part">The input.</param>
    /// <param name="observer">Is notified of input that is not an event, and of progress.</param>
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

    private static IReadOnlyList<EventInputPart> Read(IReadOnlyList<JsonText> texts)
    {
        Faults faults = new();
        return [.. texts.SelectMany(text => EventReader.ReadText(text.Text, text.Name, faults, text.Line)).Select(document => new EventInputPart(document, null, null)), .. faults.Parts];
    }

    private IReadOnlyList<EventInputPart> Convert(object input)
    {
        string origin = $"{InputPlace.Name(input)}:{_count.ToString(CultureInfo.InvariantCulture)}";
        Faults faults = new(input);
        try
        {
            return [.. EventReader.ReadDocument(EventJson.Write(input), origin, faults).Select(document => new EventInputPart(document, null, null)), .. faults.Parts];
        }
        catch (ShellJsonException e)
        {
            return [Failed(new OpsException(ErrorIds.InvalidEvent, ShellEventMessages.NotAnEvent(origin, e.Fault), e), input)];
        }
    }

    private static EventInputPart Failed(OpsException error, object input) => new(null, null, new ItemFailure(error, input));

    /// <summary>Keeps what could not be read, in order, after what could be read.</summary>
    /// <param name="input">The object that they are from; null to keep their own target.</param>
    private sealed class Faults(object? input = null) : IRunObserver
    {
        public IVoice Voice => ShellVoice.Instance;

        public List<EventInputPart> Parts { get; } = [];

        public void Failed(ItemFailure failure) => Parts.Add(new EventInputPart(null, null, input is null ? failure : failure with { Target = input }));

        public void Progress(RunProgress progress)
        {
        }

        public void Warning(Message message)
        {
        }

        public void Verbose(Message message)
        {
        }
    }
}

/// <summary>One part of the input: an event, a file of events, or the reason why it is neither.</summary>
internal sealed record EventInputPart(EventDocument? Document, string? Path, ItemFailure? Failure);
