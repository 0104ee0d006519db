using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Schemas.Comparing;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Tests;

/// <summary>Which changes of a schema break whom, and the event that shows it.</summary>
public sealed class ComparisonTests
{
    private static readonly Dictionary<string, JsonElement> s_pairs = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cases", "pairs.json"))).RootElement.Clone()
        .EnumerateArray().ToDictionary(pair => pair.GetProperty("name").GetString()!);

    public static TheoryData<string, SchemaCompatibility, SchemaPolicy> Pairs { get; } = [.. from name in s_pairs.Keys
        from compatibility in (SchemaCompatibility[])[SchemaCompatibility.Backward, SchemaCompatibility.Forward]
        from policy in (SchemaPolicy[])[SchemaPolicy.Strict, SchemaPolicy.Lenient]
        select new TheoryDataRow<string, SchemaCompatibility, SchemaPolicy>(name, compatibility, policy)];

    [Theory, MemberData(nameof(Pairs))]
    public void Each_pair_is_judged_and_each_break_is_shown(string name, SchemaCompatibility compatibility, SchemaPolicy policy)
    {
        JsonElement pair = s_pairs[name];
        EventSchema older = EventSchema.Parse(pair.GetProperty("old").GetRawText(), "x.v1");
        EventSchema newer = EventSchema.Parse(pair.GetProperty("new").GetRawText(), "x.v2");

        SchemaComparisonResult result = SchemaComparison.Compare([older], newer, compatibility, policy);

        string expected = pair.GetProperty(compatibility is SchemaCompatibility.Backward ? "backward" : "forward").GetProperty(policy is SchemaPolicy.Strict ? "strict" : "lenient").GetString()!;
        Assert.True(expected == result.Verdict.ToString(), $"{expected} expected, {result.Verdict}: {string.Join("; ", result.Differences.Select(difference => $"{difference.Effect} {difference.Kind} {difference.Pointer} {difference.Reason} {difference.Example}"))}");
        (EventSchema writer, EventSchema reader) = compatibility is SchemaCompatibility.Backward ? (older, newer) : (newer, older);
        Assert.All(result.Differences.Where(difference => difference.Effect is SchemaEffect.Breaks), difference =>
        {
            JsonElement shown = JsonDocument.Parse(difference.Example!).RootElement;
            Assert.True(writer.IsValid(shown));
            Assert.False(reader.IsValid(shown));
            Assert.Equal(compatibility is SchemaCompatibility.Backward ? SchemaParty.Producer : SchemaParty.Consumer, difference.Breaks);
            Assert.NotNull(JsonPointers.Find(reader.Root, difference.Pointer));
        });
    }
}
