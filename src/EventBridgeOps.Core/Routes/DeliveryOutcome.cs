using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Routes;

/// <summary>Collects what decides about a delivery: what is gravest says how it ends, and why.</summary>
internal sealed class DeliveryOutcome
{
    private readonly List<Message> _faults = [];
    private readonly List<Message> _open = [];
    private readonly List<Message> _remarks = [];
    private Message? _undecided;
    private (DeliveryState State, Message? Reason)? _end;

    /// <summary>Whether nothing speaks against the delivery.</summary>
    public bool IsDelivered => State == DeliveryState.Delivered;

    /// <summary>The outcome, if the rule is enabled.</summary>
    public DeliveryState State => _undecided is not null ? DeliveryState.Unknown
        : _faults.Count > 0 ? DeliveryState.Failing
        : _open.Count > 0 ? DeliveryState.Unknown
        : _end?.State ?? DeliveryState.Delivered;

    /// <summary>The delivery would fail.</summary>
    public void Fail(Message reason) => _faults.Add(reason);

    /// <summary>Whether the delivery succeeds depends on something that is not known.</summary>
    public void Open(Message reason) => _open.Add(reason);

    /// <summary>Whether the target is invoked at all depends on something that is not known.</summary>
    public void Undecided(Message reason) => _undecided = reason;

    /// <summary>The delivery ends at an event bus.</summary>
    public void End(DeliveryState state, Message? reason) => _end = (state, reason);

    /// <summary>Other information.</summary>
    public void Remark(Message remark) => _remarks.Add(remark);

    /// <summary>The reason for the outcome; null when there is nothing to say.</summary>
    public string? Reason(IRunObserver observer)
    {
        if (_undecided is not null)
            return Faults(observer, _undecided);
        List<Message> reasons = _faults.Count > 0 ? _faults : _open.Count > 0 ? _open : _end?.Reason is { } reason ? [reason] : _remarks;
        return reasons.Count > 0 ? Text(observer, reasons) : null;
    }

    /// <summary>Another reason, with what would fail besides.</summary>
    public string Faults(IRunObserver observer, Message first) => Text(observer, [first, .. _faults]);

    private static string Text(IRunObserver observer, IEnumerable<Message> reasons) => string.Join("; ", reasons.Select(observer.Text));
}
