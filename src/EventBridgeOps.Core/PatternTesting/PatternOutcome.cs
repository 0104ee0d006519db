namespace EventBridgeOps.PatternTesting;

/// <summary>The result for a pattern, with or without an event. As text, the names are in lowercase: <c>nomatch</c>.</summary>
public enum PatternOutcome : long
{
    /// <summary>The pattern matches the event.</summary>
    Match,

    /// <summary>The pattern does not match the event.</summary>
    NoMatch,

    /// <summary>The pattern is valid; no event was specified.</summary>
    Valid,

    /// <summary>The pattern is not valid.</summary>
    Invalid,

    /// <summary>The pattern is valid, but the event is not.</summary>
    BadEvent,
}
