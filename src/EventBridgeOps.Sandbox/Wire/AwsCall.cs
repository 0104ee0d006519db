namespace EventBridgeOps.Sandbox.Wire;

/// <summary>One call of one operation, whatever protocol it came in.</summary>
internal sealed record AwsCall
{
    public required Protocol Protocol { get; init; }

    /// <summary>The service's name in a credential scope: events, batch, ecr or sts.</summary>
    public required string Service { get; init; }

    public required string Operation { get; init; }

    public required string Region { get; init; }

    /// <summary>The caller's access key id, or null for a call that is not signed.</summary>
    public required string? AccessKey { get; init; }

    public required RawDocument Input { get; init; }

    /// <summary>The request's body as text, for the call log and for faults that look into it.</summary>
    public required string Body { get; init; }

    /// <summary>The host to which the request was sent, which the URL of a queue names.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>The account that is called; null as long as that is not looked up.</summary>
    public string? AccountId { get; init; }

    /// <summary>The service of AWS that calls for the owner of the access key; null for a call of a client.</summary>
    public string? InvokedBy { get; init; }

    /// <summary>The trace header of X-Ray that came with the request; null for none, or one that X-Ray would drop.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>What a service of AWS does by itself, without a request.</summary>
    public static AwsCall OfService(string region) => new()
    {
        Protocol = Protocol.JsonRpc,
        Service = "",
        Operation = "",
        Region = region,
        AccessKey = null,
        Input = RawDocument.Empty,
        Body = "",
    };

    /// <summary>Whether the call reads what may be an older state; a consistent read never does.</summary>
    public bool IsRead => !Input.Flag("ConsistentRead")
        && (Operation.StartsWith("Describe", StringComparison.Ordinal)
            || Operation.StartsWith("List", StringComparison.Ordinal)
            || Operation.StartsWith("Get", StringComparison.Ordinal)
            || Operation.StartsWith("BatchGet", StringComparison.Ordinal)
            || Operation is "Query" or "Scan");
}

/// <summary>An error in the service's own words.</summary>
internal sealed class AwsError(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>The code of the same error in a service's older query protocol, where a client still shows it.</summary>
    public string? QueryCode { get; init; }

    /// <summary>What the body of the error has beside its code and message.</summary>
    public RawDocument Members { get; init; } = RawDocument.Empty;

    public static AwsError Validation(string message) => new(400, "ValidationException", message);
}
