using System.Globalization;

namespace EventBridgeOps.Events.Schedules;

/// <summary>One field of a cron expression: values, ranges and increments in a list.</summary>
/// <param name="least">The least value.</param>
/// <param name="most">The greatest value.</param>
/// <param name="names">The names of the values, from the least one on; they may be written in either case.</param>
internal sealed class CronField(int least, int most, params string[] names)
{
    public static CronField Minutes { get; } = new(0, 59);

    public static CronField Hours { get; } = new(0, 23);

    public static CronField DaysOfMonth { get; } = new(1, 31);

    public static CronField Months { get; } = new(1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    /// <summary>The only field without increments.</summary>
    public static CronField DaysOfWeek { get; } = new(1, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT") { HasIncrements = false };

    public static CronField Years { get; } = new(1970, 2199) { WrapsRanges = false };

    private bool HasIncrements { get; init; } = true;

    /// <summary>Whether a range may end below its start: the examples of AWS have 20-2 for hours, Monday follows Sunday, but no year comes again.</summary>
    private bool WrapsRanges { get; init; } = true;

    /// <summary>Reads the field; null if it is not valid.</summary>
    public SortedSet<int>? Read(string text)
    {
        SortedSet<int> values = [];
        string[] items = text.Split(',');
        return items.All(item => (item != "*" || items.Length == 1) && Add(item, values)) ? values : null;
    }

    /// <summary>Reads a single value.</summary>
    public int? Value(string text)
    {
        int named = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (named >= 0)
            return least + named;
        return text.Length <= 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most ? value : null;
    }

    private bool Add(string item, SortedSet<int> values)
    {
        string[] parts = item.Split('/');
        int step = 1;
        if (parts.Length > 2 || (parts.Length == 2 && (!HasIncrements || !TryStep(parts[1], out step))))
            return false;

        string[] ends = parts[0].Split('-');
        if (parts[0] == "*")
            return AddRange(least, most, step, values);
        if (Value(ends[0]) is not { } first || ends.Length > 2)
            return false;
        if (ends.Length == 1)
            return AddRange(first, parts.Length == 2 ? most : first, step, values); // 1/10 is every tenth from the first on.
        return Value(ends[1]) is { } last && (WrapsRanges || first <= last) && AddRange(first, last, step, values);
    }

    private bool TryStep(string text, out int step) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out step) && step > 0 && step <= most;

    private bool AddRange(int first, int last, int step, SortedSet<int> values)
    {
        int count = most - least + 1;
        int end = last >= first ? last : last + count;
        for (int value = first; value <= end; value += step)
            values.Add(value > most ? value - count : value);
        return true;
    }
}
