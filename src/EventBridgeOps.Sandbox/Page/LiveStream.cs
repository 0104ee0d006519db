using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Page;

/// <summary>
/// One open stream. It keeps nothing but its position in the log, so that a slow reader costs no memory: it reads on where it was, or is
/// told what it missed.
/// </summary>
internal sealed class LiveStream : IDisposable
{
    private const int MostAtOnce = 100;

    /// <summary>Long enough to cost nothing, and short enough that a connection that was lost without a word is noticed.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(25);

    /// <summary>A state that changes a thousand times in a second need not be looked at as often.</summary>
    private static readonly TimeSpan BetweenWorlds = TimeSpan.FromMilliseconds(200);

    private readonly World world;
    private readonly DeliveryLog log;
    private readonly TimeProvider clock;
    private readonly string logName;
    private readonly EventWriter writer;
    private volatile TaskCompletionSource<bool> worldChanged = New();
    private long? worldSaidAt;

    public LiveStream(World world, DeliveryLog log, TimeProvider clock, string logName, EventWriter writer)
    {
        this.world = world;
        this.log = log;
        this.clock = clock;
        this.logName = logName;
        this.writer = writer;
        world.Changed += OnWorldChanged;
    }

    public void Dispose() => world.Changed -= OnWorldChanged;

    /// <summary>Writes what is new after a position until the client or the server ends it.</summary>
    public async Task RunAsync(long position, CancellationToken cancellationToken)
    {
        // The client tries again a second after it lost the connection.
        await writer.WriteAsync("retry: 1000\n\n", cancellationToken);
        await writer.WriteAsync("start", null, JsonSerializer.Serialize(new { log = logName, after = position, last = log.Before(0) }, WebJson.Options), cancellationToken);
        long forgotten = 0;
        while (true)
        {
            Task deliveriesChanged = log.Changed; // Before the log is read, so that no change falls between.
            DeliveryLog.Part part;
            do
            {
                part = log.Read(position, MostAtOnce);
                long gone = Math.Max(part.Cleared, part.Dropped > position ? part.Dropped : 0);
                if (gone > forgotten)
                    await writer.WriteAsync("forgotten", null, JsonSerializer.Serialize(new { through = forgotten = gone }, WebJson.Options), cancellationToken);
                foreach (SandboxDelivery delivery in part.Deliveries)
                {
                    string id = string.Format(CultureInfo.InvariantCulture, "{0}-{1}", logName, position = delivery.Number);
                    await writer.WriteAsync("delivery", id, JsonSerializer.Serialize(delivery, WebJson.Options), cancellationToken);
                }
            }
            while (part.Deliveries.Count == MostAtOnce);

            TimeSpan wait = await SayWorldAsync(cancellationToken);
            Task[] changes = wait == Heartbeat ? [deliveriesChanged, worldChanged.Task] : [deliveriesChanged];
            if (!await Waiting.ForAnyAsync(clock, wait, cancellationToken, changes) && wait == Heartbeat)
                await writer.WriteAsync(": heartbeat\n\n", cancellationToken);
        }
    }

    /// <summary>Says that the state changed, unless it was said just now.</summary>
    /// <returns>How long there is nothing to do but for changes.</returns>
    private async Task<TimeSpan> SayWorldAsync(CancellationToken cancellationToken)
    {
        if (!worldChanged.Task.IsCompleted)
            return Heartbeat;
        if (worldSaidAt is { } at && BetweenWorlds - clock.GetElapsedTime(at) is { } left && left > TimeSpan.Zero)
            return left;

        worldChanged = New();
        worldSaidAt = clock.GetTimestamp();
        await writer.WriteAsync("world", null, "{}", cancellationToken);
        return Heartbeat;
    }

    private void OnWorldChanged() => worldChanged.TrySetResult(true);

    private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
