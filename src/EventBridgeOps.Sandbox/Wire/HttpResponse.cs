using System.Text;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Wire;

/// <summary>How an answer leaves: whole, or broken on purpose.</summary>
internal enum Delivery
{
    Whole,

    /// <summary>Half of the promised body, then the end of the connection.</summary>
    CutOff,

    /// <summary>No answer at all: the connection is reset.</summary>
    Reset,
}

/// <summary>One answer, and how it is to be delivered.</summary>
internal sealed record HttpResponse(int Status, string ContentType, byte[] Body)
{
    public static HttpResponse Reset { get; } = new(0, "", []) { Delivery = Delivery.Reset };

    public Delivery Delivery { get; init; }

    /// <summary>Writes a body that has no end of its own, in place of <see cref="Body"/>; the connection ends with it.</summary>
    public Func<Stream, CancellationToken, Task>? Streamed { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether the answer is to HEAD: it says how long its body would be, and has none.</summary>
    public bool IsHead { get; init; }

    /// <summary>The service's error code, for the call log.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>What is to be done when the answer is on its way.</summary>
    public Action? Afterwards { get; init; }

    public static HttpResponse Text(int status, Message text) => new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text + "\n"));
}
