using System.Globalization;

namespace EventBridgeOps.Patterns.Explaining;

/// <summary>What explanations say about why a pattern matches an event or not.</summary>
internal static class ExplainingTexts
{
    public static string Matches() => "The pattern matches the event.";

    public static string MatchesByOne(int alternatives) => $"The pattern matches the event (a matching alternative out of {alternatives} in $or is shown).";

    public static string DoesNotMatch() => "The pattern does not match the event.";

    public static string DoesNotMatchAny(int alternatives) => $"The pattern does not match the event (the closest alternative out of {alternatives} in $or is shown).";

    // Labels, of at most 8 characters.

    public static string Expected() => "expected";

    public static string Found() => "found";

    public static string Note() => "note";

    public static string Missing() => "missing";

    public static string AnyOf(IEnumerable<string> values) => string.Join(" or ", values);

    public static string AndMore(string values, int more) => Invariant($"{values} and {more:N0} more");

    public static string Shortened(string start, int length) => Invariant($"{start}... ({length:N0} characters)");

    public static string DifferentElements(string first, string second) => $"{first} and {second} match only in different elements of an array";

    public static string DifferentElements() => "the fields match only in different elements of an array";

    // Near misses are clauses: they stand beside what was found.

    public static string EventHas(string path) => $"the event has {path}";

    public static string EventHasOtherCase(string path) => $"the event has {path}: keys are case-sensitive";

    public static string IsAnObject(string path, string inner) => $"the event has {inner}: {path} itself is an object, not a value";

    public static string NumericOnly(string value) => $"{value} is a string, but numeric compares only numbers";

    public static string StringsOnly(string value, string op) => $"{value} is not a string, but {op} compares only strings";

    public static string PatternHasString(string value, bool isNumber) => $"the pattern has a string, but the event has {Noun(isNumber)} {value}";

    public static string EventHasString(string value, bool isNumber) => $"the event has a string, but the pattern has {Noun(isNumber)} {value}";

    public static string OtherCase(string value) => $"{value} differs only in case";

    public static string OtherSpace(string value) => $"{value} differs only in leading or trailing white space";

    public static string CharactersOff(string value, int characters) => $"{value} differs in {characters} {(characters == 1 ? "character" : "characters")}";

    public static string TooManyDigits(string number) => $"{number} has more digits than a double can hold, so it equals only the same text";

    private static string Noun(bool isNumber) => isNumber ? "the number" : "the literal";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
