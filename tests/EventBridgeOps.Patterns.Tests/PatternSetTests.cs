using System.Text;
using EventBridgeOps.Patterns.Events;

namespace EventBridgeOps.Patterns.Tests;

public sealed class PatternSetTests
{
    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public void A_name_is_taken_once()
    {
        PatternSet set = new();
        set.Add("r", EventPattern.Parse("""{"a":[1]}"""));

        Assert.Contains("'r'", Assert.Throws<ArgumentException>(() => set.Add("r", EventPattern.Parse("""{"a":[2]}"""))).Message, StringComparison.Ordinal);
        Assert.Equal(["r"], set.Match("""{"a":1}"""));
        Assert.Empty(set.Match("""{"a":2}"""));
    }

    [Fact]
    public void A_rule_is_named_once_however_often_it_matches()
    {
        PatternSet set = new();
        set.Add("r", EventPattern.Parse("""{"$or":[{"a":[1,{"exists":true}]},{"b":[2]}]}"""));

        Assert.Equal(["r"], set.Match("""{"a":[1,1,1],"b":[2,2]}"""));
    }

    [Fact]
    public void A_rule_of_many_combinations_is_removed_without_looking_for_each()
    {
        PatternSet set = new();
        set.Add("few", EventPattern.Parse("""{"f0":{"a":[1]}}"""));
        set.Add("many", EventPattern.Parse($"{{{string.Join(',', Enumerable.Range(0, 12).Select(i => $$$"""
            "f{{{i}}}":{"$or":[{"a":[1]},{"b":[2]}]}
            """))}}}"));
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.True(set.Remove("many"));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Equal(["few"], set.Match("""{"f0":{"a":1}}"""));
        Assert.True(set.Remove("few"));
        Assert.True(set.IsBlank);
    }

    [Fact]
    public void Nothing_is_added_for_what_is_no_event()
    {
        PatternSet set = new();
        set.Add("r", EventPattern.Parse("""{"a":[1]}"""));
        List<string> names = [];

        Assert.Throws<EventException>(() => set.Match(Bytes("""{"a":1,"b":}"""), names));
        Assert.Empty(names);
    }

    [Fact]
    public void Matching_allocates_nothing()
    {
        PatternSet set = new();
        for (int i = 0; i < 500; i++)
        {
            set.Add($"e{i}", EventPattern.Parse($$$"""{"source":["s{{{i % 7}}}"],"detail":{"id":["{{{i}}}"]}}"""));
            set.Add($"w{i}", EventPattern.Parse($$$"""{"source":[{"prefix":"s"}],"detail":{"n":[{"numeric":[">",{{{i}}},"<=",{{{i + 5}}}]}],"p":[{"wildcard":"a*{{{i}}}"}]}}"""));
        }

        set.Add("arrays", EventPattern.Parse("""{"detail":{"items":{"a":[1],"b":[{"anything-but":"x"}]}}}"""));
        byte[] text = Bytes("""{"source":"s3","detail":{"id":"3","n":16.5,"p":"a-é-\u0031\u0032","items":[{"a":0,"b":"y"},{"a":1,"b":"x"},{"a":1,"b":["x","z"]}]}}""");
        List<string> names = new(16);
        for (int i = 0; i < 100; i++)
        {
            names.Clear();
            set.Match(text, names);
        }

        Assert.Equal(["arrays", "e3", "w12"], names.Order());
        // A collection that other tests cause, or the compiler that replaces a method meanwhile, is counted as well; not in every round.
        Assert.Equal(0, Enumerable.Range(0, 20).Min(_ => Allocated()));

        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                names.Clear();
                set.Match(text, names);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public async Task Events_are_matched_while_rules_come_and_go()
    {
        PatternSet set = new();
        for (int i = 0; i < 50; i++)
            set.Add($"stays{i}", EventPattern.Parse($$"""{"a":["{{i}}"],"b":[{"prefix":"x"}]}"""));
        using CancellationTokenSource done = new();
        Task[] matchers = [.. Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            int rounds = 0;
            for (int i = thread; !done.IsCancellationRequested || rounds < 100; i = (i + 7) % 50, rounds++)
            {
                IReadOnlyList<string> names = set.Match($$"""{"a":"{{i}}","b":"xy"}""");
                Assert.Equal([$"stays{i}"], names.Where(n => n.StartsWith("stays", StringComparison.Ordinal)));
                Assert.All(names, n => Assert.True(n == $"stays{i}" || n.EndsWith($"-{i}", StringComparison.Ordinal), n));
            }
        }))];
        Task[] changers = [.. Enumerable.Range(0, 2).Select(thread => Task.Run(() =>
        {
            for (int round = 0; round < 40; round++)
            {
                for (int i = 0; i < 50; i++)
                    set.Add($"goes{thread}-{i}", EventPattern.Parse($$"""{"a":["{{i}}"],"c{{thread}}{{i % 5}}":[{"exists":false}]}"""));
                for (int i = 0; i < 50; i++)
                    Assert.True(set.Remove($"goes{thread}-{i}"));
            }
        }))];

        await Task.WhenAll(changers);
        await done.CancelAsync();
        await Task.WhenAll(matchers);
        Assert.Equal(50, set.Count);
    }

    [Fact]
    public void Arrays_that_do_not_depend_on_each_other_do_not_multiply()
    {
        // Tried one by one, the combinations would be a thousand to the fifth.
        string elements = string.Join(',', Enumerable.Range(0, 1000).Select(i => $$"""{"x":{{i}},"y":{{i + 1}}}"""));
        string text = "{" + string.Join(',', "abcde".Select(k => $"\"{k}\":[{elements}]")) + "}";
        string pattern = "{" + string.Join(',', "abcde".Select(k => $$"""
            "{{k}}":{"x":[{"exists":true}],"y":[{"exists":true}]}
            """)) + "}";

        Assert.True(EventPattern.Parse(pattern).Matches(text));
        Assert.False(EventPattern.Parse(pattern.Replace("\"e\":{\"x\":[{\"exists\":true}],\"y\":[{\"exists\":true}]}", "\"e\":{\"x\":[5],\"y\":[5]}", StringComparison.Ordinal)).Matches(text));
    }

    [Fact]
    public void An_event_made_to_have_too_many_combinations_is_refused()
    {
        // The same key many times: each is an array of its own, and which elements go together is a riddle that has no quick answer.
        string arrays = string.Join(',', Enumerable.Range(0, 40).Select(i => $$"""
            "a":[{"k{{i}}":1,"k{{(i * 7 + 3) % 40}}":1},{"k{{(i * 3 + 1) % 40}}":1,"k{{(i * 5 + 2) % 40}}":1},{"k{{(i * 11 + 5) % 40}}":1}]
            """));
        string fields = string.Join(',', Enumerable.Range(0, 39).Select(i => $"\"k{i}\":[1]"));

        EventPattern pattern = EventPattern.Parse($$$"""{"a":{ {{{fields}}},"z":[{"exists":false}],"zz":[1,{"exists":false}]}}""");
        Exception? refused = Record.Exception(() => pattern.Matches("{" + arrays + "}"));

        Assert.True(refused is null or EventException, refused?.ToString());
    }
}
