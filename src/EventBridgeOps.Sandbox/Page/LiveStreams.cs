using System.Globalization;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Page;

/// <summary>
/// What happens, as server-sent events: "start" with the name of the log; "delivery", of which the data is one delivery as in
/// /_sandbox/deliveries; "forgotten" with the number up to which the log no longer has deliveries; and "world", when the state changed.
/// </summary>
/// <remarks>https://html.spec.whatwg.org/multipage/server-sent-events.html</remarks>
internal sealed class LiveStreams(World world, DeliveryLog log, TimeProvider clock)
{
    /// <summary>A browser has at most six to one server; the rest is for command lines.</summary>
    public const int Most = 32;

    /// <summary>The name of this log: a restart begins another, whose numbers mean other deliveries.</summary>
    private readonly string name = clock.GetUtcNow().UtcTicks.ToString("x", CultureInfo.InvariantCulture);
    private int open;

    public HttpResponse Open(HttpRequest request)
    {
        if (Position(request) is not { } position)
            return HttpResponse.Text(400, PageMessages.BadPosition());
        if (Volatile.Read(ref open) >= Most)
            return TooMany();
        return new HttpResponse(200, "text/event-stream", [])
        {
            Headers = PageFiles.Headers,
            Streamed = (stream, cancellationToken) => RunAsync(stream, position, cancellationToken),
        };
    }

    private static HttpResponse TooMany() =>
        HttpResponse.Text(503, PageMessages.TooManyStreams(Most)) with { Headers = [new("Retry-After", "5")] };

    private async Task RunAsync(Stream stream, long position, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref open) > Most)
        {
            Interlocked.Decrement(ref open);
            return; // Others came first since it was counted; the client comes again.
        }

        using LiveStream live = new(world, log, clock, name, new(stream, clock));
        try
        {
            await live.RunAsync(position, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }

    /// <summary>
    /// The number of the last delivery that the client knows: the last ID that it received of this log, or what it asks for; null if that cannot be read.
    /// </summary>
    private long? Position(HttpRequest request)
    {
        if (request.Header("Last-Event-ID") is { Length: > 0 } received && Read(received) is { } known)
            return known;
        if (request.Query.Length == 0)
            return 0;

        int equals = request.Query.IndexOf('=');
        string option = equals < 0 ? "" : request.Query.Substring(0, equals);
        string value = request.Query.Substring(equals + 1);
        if (option == "last")
            return Number(value) is { } count and <= DeliveryLog.Most ? log.Before((int)count) : null;
        if (option != "after")
            return null;
        // An ID of another log, which a restart has ended: all of this one is new.
        return Number(value) ?? Read(value) ?? (value.Contains('-') ? (long?)0 : null);
    }

    private long? Read(string id) =>
        id.StartsWith(name + "-", StringComparison.Ordinal) ? Number(id.Substring(name.Length + 1)) : null;

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
