using System.Text;
using EventBridgeOps.Patterns.Tests.Fuzzing;

namespace EventBridgeOps.Patterns.Tests;

/// <summary>A short run of what <c>fuzz/EventBridgeOps.Fuzz</c> does at length.</summary>
public sealed class FuzzTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Mutated_patterns_and_events_get_an_error_or_one_answer(int seed)
    {
        Corpus corpus = Corpus.OfSpecification();
        Mutator mutator = new(seed);
        Trial trial = new(seed);
        Dictionary<TrialOutcome, int> outcomes = [];
        for (int i = 0; i < 1000; i++)
        {
            FuzzInput input = mutator.Next(corpus);
            try
            {
                TrialOutcome outcome = trial.Run(input);
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            }
            catch (Exception e)
            {
                Assert.Fail($"{Encoding.UTF8.GetString(input.Pattern)}\n{Encoding.UTF8.GetString(input.Event)}\n{e}");
            }
        }

        Assert.All(Enum.GetValues<TrialOutcome>(), outcome => Assert.True(outcomes.GetValueOrDefault(outcome) >= 10, $"{outcome}: {outcomes.GetValueOrDefault(outcome)} of 1000"));
        Assert.True(trial.Compared > 50, $"plain code answered only {trial.Compared} of 1000");
    }
}
