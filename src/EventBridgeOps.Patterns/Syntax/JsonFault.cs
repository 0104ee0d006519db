using System.Text.Json;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>What the framework's reader says of broken JSON, in the words of ours.</summary>
internal static class JsonFault
{
    /// <summary>The message without the place, which is told apart, and without its full stop.</summary>
    public static string Reason(JsonException e)
    {
        int place = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (place < 0 ? e.Message : e.Message.Substring(0, place)).TrimEnd('.');
    }
}
