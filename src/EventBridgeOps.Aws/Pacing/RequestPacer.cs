namespace EventBridgeOps.Aws.Pacing;

/// <summary>Spaces the requests to one service in one region, so that they stay just below its quota.</summary>
/// <remarks>
/// Each request gets the next free slot; a few unused slots may be caught up on at once. A throttled answer lowers the
/// rate by a quarter, at most once a second, since answers come in flocks; time raises it again, a fifth of the full rate
/// each second. So a quota that others use too is shared with them, and stray throttling costs little.
/// </remarks>
internal sealed class RequestPacer
{
    private const int Burst = 5;
    private const double Cut = 0.75;
    private const double RecoveryPerSecond = 0.2;
    private const double Floor = 0.1;

    private readonly object _lock = new();
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly double _fullRate;
    private double _rate;
    private double _nextSlot;
    private double _lastRaise;
    private double _lastCut = double.NegativeInfinity;

    public RequestPacer(double requestsPerSecond, TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        _fullRate = _rate = requestsPerSecond;
    }

    /// <summary>Requests a second that it lets pass now.</summary>
    public double Rate
    {
        get
        {
            lock (_lock)
            {
                Recover(Now);
                return _rate;
            }
        }
    }

    private double Now => _time.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Ends when the caller may send one request.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        double wait;
        lock (_lock)
        {
            var now = Now;
            Recover(now);
            var spacing = 1 / _rate;
            var slot = Math.Max(_nextSlot, now - ((Burst - 1) * spacing));
            _nextSlot = slot + spacing;
            wait = slot - now;
        }

        return wait <= 0 ? Task.CompletedTask : _time.Pause(TimeSpan.FromSeconds(wait), cancellationToken);
    }

    /// <summary>The service has throttled an answer.</summary>
    public void Throttled()
    {
        lock (_lock)
        {
            var now = Now;
            Recover(now);
            if (now - _lastCut < 1)
                return;
            _lastCut = now;
            _rate = Math.Max(_rate * Cut, _fullRate * Floor);
        }
    }

    private void Recover(double now)
    {
        _rate = Math.Min(_fullRate, _rate + ((now - _lastRaise) * RecoveryPerSecond * _fullRate));
        _lastRaise = now;
    }
}
