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
            _ => fault,
        };

        bool Starts(string words) => fault.StartsWith(words, StringComparison.Ordinal);
    }
}
