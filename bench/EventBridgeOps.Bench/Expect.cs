using System.Globalization;

namespace EventBridgeOps.Bench;

/// <summary>What was expected of a run, and whether it was so.</summary>
internal static class Expect
{
    public static void That(string what, double? value, Predicate<double> isMet) =>
        Console.WriteLine($"{(value is { } known && double.IsFinite(known) ? isMet(known) ? "OK     " : "NOT MET" : "not run")}  {what}{(value is null ? "" : $": {Math.Round(value.Value, 2).ToString(CultureInfo.InvariantCulture)}")}");
}
