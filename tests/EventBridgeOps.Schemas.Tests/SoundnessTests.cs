using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Schemas.Comparing;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Tests;

/// <summary>No value shows that an answer is wrong, with the validator as the judge.</summary>
public sealed class SoundnessTests
{
    private const int Values = 120;

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("EBOPS_SEEDS") ?? "2", System.Globalization.CultureInfo.InvariantCulture))];

    [Theory, MemberData(nameof(Seeds))]
    public void What_is_called_compatible_has_no_value_against_it(int seed)
    {
        Random random = new(seed);
        RandomSchemas make = new(random);
        int decided = 0;
        for (int i = 0; i < 60; i++)
        {
            JsonObject before = make.Schema();
            JsonObject after = random.Next(4) == 0 ? make.Schema() : make.Changed(before);
            if (EventSchema.Read(before.ToJsonString(), "x.v1").Schema is not { } older || EventSchema.Read(after.ToJsonString(), "x.v2").Schema is not { } newer)
                continue;
            SchemaVerdict strict = SchemaComparison.Compare([older], newer, SchemaCompatibility.Backward, SchemaPolicy.Strict, TestContext.Current.CancellationToken).Verdict;
            SchemaComparisonResult lenient = SchemaComparison.Compare([older], newer, SchemaCompatibility.Backward, SchemaPolicy.Lenient, TestContext.Current.CancellationToken);
            // The policy names it: a map gets a property of its own.
            bool isNamed = lenient.Differences.Any(difference => difference is { Effect: SchemaEffect.Harmless, Kind: SchemaChangeKind.PropertyNotCoveredByPartiallyOpenContentModel });
            bool isEmpty = SchemaReach.IsEmpty(older, after);
            SchemaSource source = new SchemaSources().Of(older);
            EventSchema ignoring = Witness.Opened(newer, onlyClosed: false);
            // Which properties are declared depends on the alternative that holds.
            bool hasAlternatives = ((string[])["\"anyOf\"", "\"oneOf\"", "\"if\"", "\"dependentSchemas\"", "\"dependencies\""]).Any(keyword => before.ToJsonString().Contains(keyword, StringComparison.Ordinal));
            decided += strict is SchemaVerdict.Undecided ? 0 : 1;
            for (int j = 0; j < Values; j++)
            {
                JsonElement value = make.Value();
                bool wrote = older.IsValid(value);
                bool reads = newer.IsValid(value);
                string told = $"seed {seed}.{i}: {before.ToJsonString()} -> {after.ToJsonString()} with {value}";
                Assert.False(isEmpty && wrote && reads, "empty: " + told);
                if (!wrote || reads || value.ValueKind is not JsonValueKind.Object)
                    continue;
                Assert.True(strict is not SchemaVerdict.Compatible, "strict: " + told);
                // A producer sends what it declares, and a consumer ignores what it does not know: only such values are judged.
                bool isHarmless = hasAlternatives || isNamed || !Witness.IsDeclared(value, [source.Root], 0) || ignoring.IsValid(value);
                Assert.True(lenient.Verdict is not SchemaVerdict.Compatible || isHarmless, "lenient: " + told);
            }
        }

        Assert.True(decided > 40, $"Only {decided} of 60 were decided.");
    }
}
