namespace EventBridgeOps.Patterns.Events;

/// <summary>A text is not an event: it is not a JSON object, not valid JSON, or exceeds a limit.</summary>
public sealed class EventException : FormatException
{
    internal EventException(string reason, int line, int column)
        : base(EventsTexts.Invalid(reason, line, column))
    {
        Reason = reason;
        Line = line;
        Column = column;
    }

    /// <summary>What is wrong.</summary>
    public string Reason { get; }

    /// <summary>The line of the fault, counted from 1.</summary>
    public int Line { get; }

    /// <summary>The column of the fault, counted from 1 in UTF-16 units.</summary>
    public int Column { get; }
}
