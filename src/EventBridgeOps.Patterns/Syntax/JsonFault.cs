using System.Text.Json;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>What .NET's JSON reader says about text that is not JSON.</summary>
internal static class JsonFault
{
    /// <summary>The message without the place, which is reported separately, and without its full stop.</summary>
    public static string Reason(JsonException e)
    {
        int place = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (place < 0 ? e.Message : e.Message.Substring(0, place)).TrimEnd('.');
    }
}
