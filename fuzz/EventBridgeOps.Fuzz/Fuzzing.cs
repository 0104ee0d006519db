using System.Diagnostics;
using System.Globalization;
using EventBridgeOps.Patterns.Tests.Fuzzing;

namespace EventBridgeOps.Fuzz;

/// <summary>Tries inputs, one after the other; what took a new branch is mutated further.</summary>
internal static class Fuzzing
{
    private const int MaxFailures = 50;

    // What takes longer is tried, and not mutated: its descendants would take most of the time.
    private static readonly TimeSpan MaxKeptTime = TimeSpan.FromMilliseconds(5);

    /// <summary>Tries so many inputs, and keeps those that fail in a folder.</summary>
    /// <returns>The exit code: 1 if an input failed.</returns>
    public static int Run(long count, int seed, string folder)
    {
        using Watch watch = new(folder);
        Coverage coverage = new();
        Corpus corpus = Corpus.OfSpecification();
        Mutator mutator = new(seed);
        Trial trial = new(seed);
        long[] outcomes = new long[Enum.GetValues<TrialOutcome>().Length];
        int failures = 0;
        long start = Stopwatch.GetTimestamp();
        for (long i = 1; i <= count; i++)
        {
            FuzzInput input = mutator.Next(corpus);
            watch.Begin(input);
            TrialOutcome outcome = TrialOutcome.InvalidEvent;
            try
            {
                outcome = trial.Run(input);
                outcomes[(int)outcome]++;
            }
            catch (Exception e)
            {
                string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"failure-{++failures}"));
                input.Save(path);
                Console.WriteLine($"FAILED: {path}: {e}");
            }

            TimeSpan elapsed = watch.End();
            if (coverage.IsNew() && elapsed < MaxKeptTime && (outcome != TrialOutcome.InvalidEvent || i % 4 == 0))
                corpus.Add(input);
            if (i % 100_000 == 0 || i == count || failures == MaxFailures)
                Report(i);
            if (failures == MaxFailures)
                break;
        }

        Console.WriteLine(failures == 0 ? "Nothing failed." : $"FAILED: {failures} inputs.");
        return failures == 0 ? 0 : 1;

        void Report(long done) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done:N0} inputs, {done / Stopwatch.GetElapsedTime(start).TotalSeconds:N0} a second; {coverage.Branches:N0} branches, {corpus.Count:N0} kept; {string.Join(", ", Enum.GetValues<TrialOutcome>().Select(kind => $"{kind} {outcomes[(int)kind]:N0}"))}; {trial.Compared:N0} compared with plain code; slowest {watch.Longest.TotalMilliseconds:N0} ms; peak {watch.PeakBytes >> 20} MB; {failures} failed"));
    }

    /// <summary>Tries an input that was kept.</summary>
    public static int Replay(string path)
    {
        Console.WriteLine(new Trial(1).Run(FuzzInput.Load(path)));
        return 0;
    }
}
