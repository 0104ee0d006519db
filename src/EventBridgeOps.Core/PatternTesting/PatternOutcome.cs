namespace EventBridgeOps.PatternTesting;

/// <summary>What becomes of a pattern, with an event or without one. As text the names are in lower case: <c>nomatch</c>.</summary>
public enum PatternOutcome
{
    /// <summary>The pattern matches the event.</summary>
    Match,

    /// <summary>The pattern does not match the event.</summary>
    NoMatch,

    /// <summary>The pattern is valid; there was no event.</summary>
    Valid,

    /// <summary>The pattern is not valid.</summary>
    Invalid,

    /// <summary>The pattern is valid, and the event is none.</summary>
    BadEvent,
}
