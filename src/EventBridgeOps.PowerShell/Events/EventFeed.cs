using System.Runtime.CompilerServices;
using System.Threading.Channels;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Events;

/// <summary>The events of a cmdlet, from the pipeline thread that receives them to the work that reads them.</summary>
/// <param name="write">Writes to the channel from the pipeline thread, which continues to write results while it waits for room.</param>
internal sealed class EventFeed(Action<ChannelWriter<EventInputPart>, EventInputPart> write)
{
    private const int Waiting = 64;

    private readonly EventInput _input = new();
    private volatile bool _any;
    private volatile bool _isMissing;
    private readonly Channel<EventInputPart> _parts = Channel.CreateBounded<EventInputPart>(Waiting);

    /// <summary>The error when no event was given.</summary>
    public static OpsException Missing => new(ErrorIds.InvalidArgument, ShellEventMessages.EventMissing());

    /// <summary>Adds an object from the pipeline.</summary>
    public void Add(object? input) => Write(_input.Add(input));

    /// <summary>Adds the events of the parameters, after those of the pipeline.</summary>
    /// <param name="events">The events.</param>
    /// <param name="named">The paths as they were specified.</param>
    /// <param name="paths">The files that they name; a path without files was reported.</param>
    public void Complete(object[]? events, string[]? named, IReadOnlyList<string> paths)
    {
        _isMissing = named is { Length: > 0 } && paths.Count == 0;
        Write([.. (events ?? []).SelectMany(_input.Add), .. _input.Complete()]);
        Write(paths.Select(path => new EventInputPart(null, path, null)));
        _parts.Writer.Complete();
    }

    /// <summary>From work: the events. Without any input, a warning says so; readers do it for each source.</summary>
    public async IAsyncEnumerable<EventDocument> ReadAsync(IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (EventDocument document in EventInput.ReadAsync(_parts.Reader, observer, cancellationToken))
            yield return document;
        if (!_any && !_isMissing)
            observer.Warning(ShellEventMessages.NothingPiped());
    }

    /// <summary>From work: the events of a check, which fails if there are none.</summary>
    public IAsyncEnumerable<EventDocument> ReadForCheckAsync(IRunObserver observer, CancellationToken cancellationToken) =>
        CheckInput.RequireAsync(counted => ReadAsync(counted, cancellationToken), observer, cancellationToken, () => _isMissing);

    private void Write(IEnumerable<EventInputPart> parts)
    {
        foreach (EventInputPart part in parts)
        {
            _any = true;
            write(_parts.Writer, part);
        }
    }
}
