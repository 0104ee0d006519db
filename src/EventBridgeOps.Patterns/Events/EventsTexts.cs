namespace EventBridgeOps.Patterns.Events;

/// <summary>Why a text is not an event. Reasons are clauses about the event: they stand after a colon.</summary>
internal static class EventsTexts
{
    public static string Invalid(string reason, int line, int column) => $"The event is not valid: {reason} (line {line}, column {column}).";

    public static string NotAnObject() => "it must be a JSON object";

    public static string NotJson() => "it is not valid JSON";

    public static string NotUtf8() => "it is not valid UTF-8";

    public static string Surrogate() => "it contains an unpaired surrogate";

    public static string TooLarge(int bytes) => $"it is larger than {bytes} bytes";

    public static string TooManyFields(int fields) => $"it has more than {fields} fields";

    public static string TooDeep(int levels) => $"it is nested deeper than {levels} levels";

    public static string NumberTooLong(int characters) => $"a number is longer than {characters} characters";

    public static string BracketMismatch() => "a bracket is closed by a bracket of the other kind";

    public static string ArraysTooComplex() => "its arrays can be combined in too many ways";
}
