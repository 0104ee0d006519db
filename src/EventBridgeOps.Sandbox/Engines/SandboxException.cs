namespace EventBridgeOps.Sandbox.Engines;

/// <summary>A sandbox could not be started or filled; the message says why and what helps.</summary>
public sealed class SandboxException : Exception
{
    /// <summary>Creates one that says nothing.</summary>
    public SandboxException()
    {
    }

    /// <summary>Creates one with its message.</summary>
    public SandboxException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one with its message and its cause.</summary>
    public SandboxException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
