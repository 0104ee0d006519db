using System.Globalization;

namespace EventBridgeOps.Events.Policies;

/// <summary>An operator of conditions. IpAddress and BinaryEquals are not known here.</summary>
/// <param name="Compare">Compares the value of the request with one of the condition.</param>
/// <param name="IsNegated">Whether it holds where the comparison does not.</param>
internal sealed record ConditionOperator(Func<string, string, Match> Compare, bool IsNegated = false)
{
    private static readonly Dictionary<string, ConditionOperator> Known = new(StringComparer.OrdinalIgnoreCase);

    static ConditionOperator()
    {
        Add("String", "Equals", (actual, wanted) => Match.Of(PolicyVariables.Plain(actual) == PolicyVariables.Plain(wanted)));
        Add("String", "EqualsIgnoreCase", (actual, wanted) => Match.Of(string.Equals(PolicyVariables.Plain(actual), PolicyVariables.Plain(wanted), StringComparison.OrdinalIgnoreCase)));
        Add("String", "Like", (actual, wanted) => Match.Of(PolicyPatterns.IsLike(actual, wanted)));
        Add("Arn", "Equals", PolicyPatterns.Arn);
        Add("Arn", "Like", PolicyPatterns.Arn);
        Known["Bool"] = new((actual, wanted) => bool.TryParse(actual, out bool one) && bool.TryParse(wanted, out bool other) ? Match.Of(one == other) : Match.Of(false));
        AddOrdered<decimal>("Numeric", Number);
        AddOrdered<DateTimeOffset>("Date", Moment);
    }

    /// <summary>The operator of a name without IfExists and without ForAnyValue; null if it is not known.</summary>
    public static ConditionOperator? Find(string name) => Known.TryGetValue(name, out ConditionOperator? known) ? known : null;

    private static void Add(string kind, string comparison, Func<string, string, Match> compare)
    {
        Known[kind + comparison] = new(compare);
        Known[kind + "Not" + comparison] = new(compare, IsNegated: true);
    }

    private static void AddOrdered<T>(string kind, Func<string, T?> read)
        where T : struct, IComparable<T>
    {
        Add(kind, "Equals", Ordered(order => order == 0));
        Known[kind + "LessThan"] = new(Ordered(order => order < 0));
        Known[kind + "LessThanEquals"] = new(Ordered(order => order <= 0));
        Known[kind + "GreaterThan"] = new(Ordered(order => order > 0));
        Known[kind + "GreaterThanEquals"] = new(Ordered(order => order >= 0));

        Func<string, string, Match> Ordered(Func<int, bool> fits) => (actual, wanted) => (read(actual), read(wanted)) is ({ } one, { } other)
            ? Match.Of(fits(one.CompareTo(other)))
            : Match.Unknown(PolicyMessages.NotComparable(actual, wanted));
    }

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    /// <summary>A moment in ISO 8601, or in seconds since 1970.</summary>
    private static DateTimeOffset? Moment(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds) && seconds is > -62_000_000_000 and < 253_000_000_000)
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) ? moment : null;
    }
}
