using System.Text.Json;

namespace EventBridgeOps.Patterns.Values;

/// <summary>Says what is wrong with a JSON text, without the parts of the framework's messages that are about its reader.</summary>
public static class JsonFault
{
    /// <summary>What is wrong, as a clause: without the place, which is reported separately, and without a full stop.</summary>
    /// <param name="e">The error.</param>
    public static string Text(JsonException e)
    {
        int place = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string fault = (place < 0 ? e.Message : e.Message.Substring(0, place)).TrimEnd('.');
        return fault switch
        {
            _ when Starts("The input does not contain any JSON tokens") => "the text is empty",
            _ when Starts("Expected depth to be zero") => "an object or array is not closed",
            _ when Starts("Expected end of string") => "a string is not closed",
            _ when Starts("The maximum configured depth of") => "it has too many levels of nesting",
            _ when Starts("The JSON object contains a trailing comma") => "a comma follows the last member of an object",
            _ when Starts("The JSON array contains a trailing comma") => "a comma follows the last element of an array",
            _ when Quoted(" is an invalid start of a property name") is { } found => $"the name of a member must be in quotation marks, but {found} follows",
            _ when Quoted(" is an invalid start of a value") is { } found => $"{found} does not begin a value",
            _ when Quoted(" is invalid after a value") is { } found => $"{found} stands where a comma or the end of an object or array must follow",
            _ when Quoted(" is invalid after a property name") is { } found => $"{found} stands where a colon must follow",
            _ when Quoted(" is invalid after a single JSON value") is { } found => $"{found} follows after the end",
            _ when Quoted(" is an invalid JSON literal") is { } found => $"{found} is not a value; text must be in quotation marks",
            _ when Quoted(" is an invalid end of a number") is { } found => $"{found} does not belong to a number",
            _ when Quoted(" is an invalid escapable character within a JSON string") is { } found => $"{found} cannot follow a backslash",
            _ when Quoted(" is invalid within a JSON string") is { } found => $"{found} must be escaped in a string",
            _ when Quoted(" is an invalid start of a property name or value") is { } found => $"{found} does not begin a value",
            _ => fault,
        };

        bool Starts(string words) => fault.StartsWith(words, StringComparison.Ordinal);

        string? Quoted(string words) => fault.IndexOf(words, StringComparison.Ordinal) is > 0 and var end && fault[0] == '\'' ? fault.Substring(0, end) : null;
    }
}
