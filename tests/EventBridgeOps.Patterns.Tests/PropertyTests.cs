using System.Text;
using System.Text.Json;
using EventBridgeOps.Patterns.Events;
using EventBridgeOps.Patterns.Syntax;

namespace EventBridgeOps.Patterns.Tests;

public sealed class PropertyTests
{
    private const string Noise = "{}[]:,\"\\-+.eE019 truenlfas\n\u0001";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void One_pattern_matches_as_the_naive_matcher_says(int seed)
    {
        RandomPattern random = new(seed);
        int matched = 0;
        for (int i = 0; i < 300; i++)
        {
            string text = random.Pattern();
            EventPattern pattern = EventPattern.Parse(text);
            for (int j = 0; j < 5; j++)
            {
                string @event = random.Event();
                bool expected = NaiveMatcher.Matches(text, @event);
                matched += expected ? 1 : 0;

                Assert.True(expected == pattern.Matches(@event), $"{text}\n{@event}\nexpected: {expected}");
                Assert.True(expected == pattern.Explain(@event).Matches, $"explained otherwise: {text}\n{@event}");
            }
        }

        Assert.True(matched > 20, "too few of the random events match to prove anything");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_set_matches_as_each_of_its_rules_while_rules_come_and_go(int seed)
    {
        RandomPattern random = new(1000 + seed);
        PatternSet set = new();
        Dictionary<string, string> rules = [];
        for (int round = 0; round < 25; round++)
        {
            for (int i = 0; i < 12; i++)
            {
                string name = $"r{random.Below(200)}";
                if (rules.Remove(name))
                {
                    Assert.True(set.Remove(name));
                    continue;
                }

                rules[name] = random.Pattern();
                set.Add(name, EventPattern.Parse(rules[name]));
            }

            Assert.Equal(rules.Count, set.Count);
            for (int i = 0; i < 3; i++)
            {
                string @event = random.Event();
                string[] expected = [.. rules.Where(rule => NaiveMatcher.Matches(rule.Value, @event)).Select(rule => rule.Key).Order()];
                Assert.Equal(expected, set.Match(@event).Order());
            }
        }

        foreach (string name in rules.Keys)
            Assert.True(set.Remove(name));
        Assert.True(set.IsBlank, "removed rules leave something behind");
        Assert.False(set.Remove("r1"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Text_is_an_event_exactly_if_a_plain_reader_says_so(int seed)
    {
        RandomPattern random = new(2000 + seed);
        EventPattern pattern = EventPattern.Parse("""{"a":[1]}""");
        for (int i = 0; i < 1500; i++)
        {
            StringBuilder text = new(random.Event());
            for (int edits = random.Below(3); edits > 0; edits--)
            {
                int at = random.Below(text.Length);
                if (random.Below(3) == 0)
                    text.Remove(at, Math.Min(1 + random.Below(3), text.Length - at));
                else
                    text.Insert(at, Noise[random.Below(Noise.Length)]);
                if (text.Length == 0)
                    text.Append('x');
            }

            string @event = text.ToString();
            bool expected = PlainReader.IsObject(Encoding.UTF8.GetBytes(@event));
            bool actual = true;
            try
            {
                pattern.Matches(@event);
            }
            catch (EventException)
            {
                actual = false;
            }

            Assert.True(expected == actual, $"{@event}\nis an event: {expected}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_bytes_make_the_parser_or_the_matcher_crash(int seed)
    {
        RandomPattern random = new(3000 + seed);
        EventPattern any = EventPattern.Parse("""{"a":[{"exists":true}],"b":{"c":[{"anything-but":"x"},{"exists":false}]}}""");
        for (int i = 0; i < 1500; i++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(random.Below(2) == 0 ? random.Pattern() : random.Event());
            for (int edits = random.Below(6); edits > 0; edits--)
                bytes[random.Below(bytes.Length)] = (byte)random.Below(256);
            try
            {
                EventPattern pattern = EventPattern.Parse(bytes);
                pattern.Matches("""{"a":1}""");
                Assert.True(EventPattern.Check(Encoding.UTF8.GetString(bytes)).IsValid);
            }
            catch (PatternException e)
            {
                Assert.NotEmpty(e.Reason);
                PatternReport report = EventPattern.Check(Encoding.UTF8.GetString(bytes));
                Assert.True(!report.IsValid || e.Reason.Contains("UTF-8", StringComparison.Ordinal), Encoding.UTF8.GetString(bytes));
            }

            try
            {
                any.Matches(bytes);
            }
            catch (EventException e)
            {
                Assert.NotEmpty(e.Reason);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_pattern_written_anew_means_the_same(int seed)
    {
        RandomPattern random = new(4000 + seed);
        for (int i = 0; i < 100; i++)
        {
            string text = random.Pattern();
            using JsonDocument document = JsonDocument.Parse(text);
            EventPattern pattern = EventPattern.Parse(text);
            EventPattern anew = EventPattern.Parse(JsonSerializer.Serialize(document, Indented));
            for (int j = 0; j < 5; j++)
            {
                string @event = random.Event();
                Assert.Equal(pattern.Matches(@event), anew.Matches(@event));
            }
        }
    }
}
