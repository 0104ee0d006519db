using System.Text.RegularExpressions;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Publishing;

/// <summary>Passes on what is reported of entries that were read from a file or a text: a fault in full where it is found first, and at the end the number of its other places.</summary>
/// <remarks>What was not read from a file or a text is passed on as it is. Dispose it when the run ends.</remarks>
/// <param name="observer">Receives all.</param>
public sealed class RepeatedFaults(IRunObserver observer) : IRunObserver, IDisposable
{
    private const int PlacesNamed = 10;
    private const int MostFaults = 1000; // What differs more often than this is passed on as it is.

    // A length or a position differs from entry to entry.
    private static readonly Regex Numbers = new("[0-9]+", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private readonly Dictionary<string, Fault> _faults = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IVoice Voice => observer.Voice;

    /// <inheritdoc/>
    public void Progress(RunProgress progress) => observer.Progress(progress);

    /// <inheritdoc/>
    public void Warning(Message message) => observer.Warning(message);

    /// <inheritdoc/>
    public void Verbose(Message message) => observer.Verbose(message);

    /// <inheritdoc/>
    public void Failed(ItemFailure failure)
    {
        (string? place, string reason) = failure.Target switch
        {
            EventResult result => (result.Origin, result.Reason ?? ""),
            string origin => (origin, failure.Error.In(observer.Voice).Message.Replace(origin, "")),
            _ => (null, ""),
        };
        if (place is null || IsFirst(failure, place, reason))
            observer.Failed(failure);
    }

    /// <summary>Reports the number of the other places.</summary>
    public void Dispose()
    {
        lock (_faults)
        {
            foreach (Fault fault in _faults.Values.Where(fault => fault.Count > 0))
            {
                Message message = PublishingMessages.SameFault(fault.Place, fault.Count, fault.Places, fault.Count > fault.Places.Count);
                observer.Failed(new ItemFailure(new OpsException(fault.ErrorId, message), fault.Places) { Count = fault.Count });
            }

            _faults.Clear();
        }
    }

    private bool IsFirst(ItemFailure failure, string place, string reason)
    {
        string key = $"{failure.Error.ErrorId} {Numbers.Replace(reason, "0")}";
        lock (_faults)
        {
            if (_faults.TryGetValue(key, out Fault? known))
            {
                known.Repeat(place);
                return false;
            }

            if (_faults.Count < MostFaults)
                _faults.Add(key, new Fault(failure.Error.ErrorId, place));
            return true;
        }
    }

    /// <summary>A fault, the place where it was found first, and how often it was found again; of millions of places, only the first few are kept.</summary>
    private sealed class Fault(string errorId, string place)
    {
        private readonly List<string> _places = [];

        public string ErrorId => errorId;

        public string Place => place;

        public List<string> Places => _places;

        public int Count { get; private set; }

        public void Repeat(string at)
        {
            Count++;
            if (_places.Count < PlacesNamed)
                _places.Add(at);
        }
    }
}
