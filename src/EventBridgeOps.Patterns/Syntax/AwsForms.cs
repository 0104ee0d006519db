using System.Text.RegularExpressions;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>The forms that the values of an event's own fields always have.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/ref/overview-event-structure.html.</remarks>
internal static class AwsForms
{
    private static readonly Regex Account = new("^[0-9]{12}$", RegexOptions.CultureInvariant);

    // eu-west-1, us-gov-east-1, ap-southeast-5, eusc-de-east-1.
    private static readonly Regex Region = new("^[a-z]+(-[a-z]+)+-[0-9]+$", RegexOptions.CultureInvariant);

    /// <summary>Why no event has a value; null if one may.</summary>
    /// <param name="field">The field of the event.</param>
    /// <param name="text">The value in the pattern.</param>
    public static string? Doubt(string field, string text) => field switch
    {
        _ when text.Contains('*') => null, // That it is taken literally is said elsewhere.
        "account" when !Account.IsMatch(text) => SyntaxTexts.NotAnAccount(text),
        "region" when !Region.IsMatch(text) => SyntaxTexts.NotARegion(text),
        _ => null,
    };
}
