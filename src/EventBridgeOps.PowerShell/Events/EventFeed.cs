using System.Runtime.CompilerServices;
using System.Threading.Channels;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.PowerShell.Events;

/// <summary>The events of a cmdlet, from the pipeline thread that receives them to the work that reads them.</summary>
/// <param name="write">Writes to the channel from the pipeline thread, which continues to write results while it waits for room.</param>
internal sealed class EventFeed(Action<ChannelWriter<EventInputPart>, EventInputPart> write)
{
    private const int Waiting = 64;

    private readonly EventInput _input = new();
    private volatile bool _any;
    private readonly Channel<EventInputPart> _parts = Channel.CreateBounded<EventInputPart>(Waiting);

    /// <summary>The error when no event was given.</summary>
    public static OpsException Missing => new(ErrorIds.InvalidArgument, ShellEventMessages.EventMissing());

    /// <summary>Adds an object from the pipeline.</summary>
    public void Add(object? input) => Write(_input.Add(input));

    /// <summary>Adds the events of the parameters, after those of the pipeline.</summary>
    /// <param name="events">The events.</param>
    /// <param name="paths">Files of events.</param>
    public void Complete(object[]? events, IEnumerable<string> paths)
    {
        Write([.. (events ?? []).SelectMany(_input.Add), .. _input.Complete()]);
        Write(paths.Select(path => new EventInputPart(null, path, null)));
        _parts.Writer.Complete();
    }

    /// <summary>From work: the events. Without any input, a warning says so; readers do it for each source.</summary>
    public async IAsyncEnumerable<EventDocument> ReadAsync(IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (EventDocument document in EventInput.ReadAsync(_parts.Reader, observer, cancellationToken))
            yield return document;
        if (!_any)
            observer.Warning(ShellEventMessages.NothingPiped());
    }

    private void Write(IEnumerable<EventInputPart> parts)
    {
        foreach (EventInputPart part in parts)
        {
            _any = true;
            write(_parts.Writer, part);
        }
    }
}
