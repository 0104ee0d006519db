using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Completion;

/// <summary>Which names match the text typed so far: by prefix, ignoring case, or by wildcard.</summary>
internal static class NameFilter
{
    /// <summary>A test of names.</summary>
    /// <param name="typed">The beginning of a name, or a name with wildcards.</param>
    public static Func<Suggestion, bool> For(string typed)
    {
        NamePattern? pattern = TryParse(typed);
        return suggestion => IsShowable(suggestion.Name)
            && (suggestion.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) || pattern?.IsMatch(suggestion.Name.ToLowerInvariant()) == true);
    }

    // A name that a terminal would act on is no help to anybody.
    private static bool IsShowable(string name) => name.Length > 0 && !name.Any(char.IsControl);

    private static NamePattern? TryParse(string typed)
    {
        try
        {
            return NamePattern.Parse(typed.ToLowerInvariant() + "*");
        }
        catch (OpsException)
        {
            return null; // A bracket that is not closed yet, or a part of the name.
        }
    }
}
