namespace EventBridgeOps.Aws.Pacing;

/// <summary>Spaces the requests to one service in one region, so that they stay just below its quota.</summary>
/// <remarks>
/// Each request gets the next free slot; a few unused slots may be caught up on at once. Each second the rate is lowered by
/// the share of requests that the service throttled, and raised a little. So a quota that is lower than known, or that
/// others use too, is found and kept to, and stray throttling does not bring a run to a halt.
/// </remarks>
internal sealed class RequestPacer
{
    /// <summary>Little, because a long run gains nothing by more.</summary>
    public const int DefaultBurst = 5;

    private const double DeepestCut = 0.5;
    private const double RaisePerSecond = 0.08;
    private const double Floor = 0.1;

    private readonly object _lock = new();
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly double _fullRate;
    private readonly int _burst;
    private double _rate;
    private double _nextSlot;
    private double _tuned;
    private int _sent;
    private int _throttled;

    public RequestPacer(double requestsPerSecond, TimeProvider time, int burst = DefaultBurst)
    {
        _burst = burst;
        _time = time;
        _start = time.GetTimestamp();
        _fullRate = _rate = requestsPerSecond;
        // A pacer that is new has no pause behind it: only what a session asks for beyond the default is sent at once.
        _nextSlot = (DefaultBurst - burst) / requestsPerSecond;
    }

    /// <summary>Requests a second that it lets pass now.</summary>
    public double Rate
    {
        get
        {
            lock (_lock)
            {
                Tune(Now);
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
            double now = Now;
            Tune(now);
            _sent++;
            double spacing = 1 / _rate;
            double slot = Math.Max(_nextSlot, now - ((_burst - 1) * spacing));
            _nextSlot = slot + spacing;
            wait = slot - now;
        }

        return wait <= 0 ? Task.CompletedTask : _time.Delay(TimeSpan.FromSeconds(wait), cancellationToken);
    }

    /// <summary>The service has throttled a request.</summary>
    public void Throttled()
    {
        lock (_lock)
            _throttled++;
    }

    private void Tune(double now)
    {
        double elapsed = now - _tuned;
        if (elapsed < 1)
            return;
        double cut = Math.Min(DeepestCut, (double)_throttled / Math.Max(_sent, 1));
        double rate = (_rate * (1 - cut)) + (elapsed * RaisePerSecond * _fullRate);
        _rate = Math.Min(_fullRate, Math.Max(Floor * _fullRate, rate));
        (_tuned, _sent, _throttled) = (now, 0, 0);
    }
}
