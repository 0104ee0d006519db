using System.Collections;
using System.Globalization;

namespace EventBridgeOps.PowerShell.Rules;

/// <summary>Values for what files of rules leave open, as texts.</summary>
internal static class RuleFileParameters
{
    public static IReadOnlyDictionary<string, string> Of(Hashtable? parameters) =>
        (parameters ?? []).Cast<DictionaryEntry>().ToDictionary(entry => Text(entry.Key), entry => Text(entry.Value), StringComparer.Ordinal);

    // As CloudFormation writes lists and switches.
    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        IEnumerable several => string.Join(",", several.Cast<object?>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
