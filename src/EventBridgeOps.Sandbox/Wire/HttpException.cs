using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Wire;

/// <summary>A request that cannot be read: it is answered with <see cref="Status"/> and the connection is closed.</summary>
internal sealed class HttpException(int status, Message message) : Exception(message.ToString())
{
    public int Status { get; } = status;
}
