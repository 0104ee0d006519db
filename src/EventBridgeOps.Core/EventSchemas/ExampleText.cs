using System.Globalization;

namespace EventBridgeOps.EventSchemas;

/// <summary>Examples of events as people read them.</summary>
internal static class ExampleText
{
    private const int Longest = 6_000;
    private const int Shown = 200;

    /// <summary>The example, or of a long one the beginning, with its length. An event at the limit of a schema can have a million characters.</summary>
    /// <param name="example">The detail of an event, as JSON.</param>
    public static string Short(string example) => example.Length <= Longest ? example : string.Format(CultureInfo.InvariantCulture, "{0}... ({1:N0} characters)", example.Substring(0, Shown), example.Length);
}
