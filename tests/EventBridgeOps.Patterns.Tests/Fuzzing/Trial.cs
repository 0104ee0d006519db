using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EventBridgeOps.Patterns.Events;
using EventBridgeOps.Patterns.Explaining;
using EventBridgeOps.Patterns.Syntax;

namespace EventBridgeOps.Patterns.Tests.Fuzzing;

/// <summary>What came of an input.</summary>
internal enum TrialOutcome
{
    InvalidPattern,
    InvalidEvent,
    NoMatch,
    Match,
}

/// <summary>Does with a pattern and an event all that the engine offers, and compares the answers with each other and with plain code.</summary>
internal sealed partial class Trial
{
    private const string Name = "the pattern";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly EventPattern Anything = EventPattern.Parse("""{"a":[{"anything-but":"x"},{"exists":true}],"b":{"c":[{"anything-but":"x"},{"exists":false}]}}""");

    private readonly PatternSet _set = new();
    private readonly Dictionary<string, EventPattern> _rules = [];
    private int _count;

    /// <param name="seed">Of the rules that the pattern is tried among.</param>
    public Trial(int seed)
    {
        RandomPattern random = new(seed);
        for (int i = 0; i < 60; i++)
        {
            _rules[$"r{i}"] = EventPattern.Parse(random.Pattern());
            _set.Add($"r{i}", _rules[$"r{i}"]);
        }
    }

    /// <summary>How often plain code gave an answer to compare with.</summary>
    public long Compared { get; private set; }

    /// <summary>Tries an input.</summary>
    /// <exception cref="InvalidOperationException">Two answers differ.</exception>
    public TrialOutcome Run(FuzzInput input)
    {
        _count++;
        string? text = TextOf(input.Event);
        EventPattern? pattern = Compile(input.Pattern, out int combinations);
        bool? matches = Match(pattern ?? Anything, input.Event);
        if (text is { Length: < 200_000 } && !LongNumber().IsMatch(text))
            Same("an event is read", PlainReader.IsObject(input.Event), matches is not null);
        if (pattern is null)
            return matches is null ? TrialOutcome.InvalidEvent : TrialOutcome.InvalidPattern;
        if (matches is null && _count % 8 != 0)
            return TrialOutcome.InvalidEvent; // One reader serves them all, and reasons take time.
        if (combinations <= PatternReport.MaxCombinations)
            Among(pattern, input.Event, matches);
        if (text is not null)
            Explain(pattern, text, matches);
        if (matches is null)
            return TrialOutcome.InvalidEvent;
        if (text is not null && combinations <= 64 && IsPlain(pattern.Text) && IsPlain(text))
            Compare(pattern.Text, text, matches.Value);
        return matches.Value ? TrialOutcome.Match : TrialOutcome.NoMatch;
    }

    private static EventPattern? Compile(byte[] utf8, out int combinations)
    {
        PatternReport? report = TextOf(utf8) is { } text ? EventPattern.Check(text) : null;
        combinations = report?.Combinations ?? 0;
        if (report is not null)
        {
            Same("so many problems", true, report.Problems.Count <= PatternReport.MaxProblems);
            foreach (PatternProblem problem in report.Problems)
                Same("each problem has words and a place", true, problem is { Line: > 0, Column: > 0 } && problem.ToString().Length > 10);
        }

        try
        {
            EventPattern pattern = EventPattern.Parse(utf8);
            Same("what is compiled is valid", true, report is { IsValid: true, Combinations: > 0 });
            return pattern;
        }
        catch (PatternException refused)
        {
            Same("what is refused is not valid", false, report is { IsValid: true });
            Same("what is refused has a reason", false, refused.Reason.Length == 0);
            return null;
        }
    }

    private static bool? Match(EventPattern pattern, byte[] utf8)
    {
        try
        {
            return pattern.Matches(utf8);
        }
        catch (EventException refused)
        {
            Same("what is refused has a reason", false, refused.Reason.Length == 0);
            return null;
        }
    }

    private void Among(EventPattern pattern, byte[] utf8, bool? matches)
    {
        _set.Add(Name, pattern);
        try
        {
            IReadOnlyList<string> names = _set.Match(utf8);
            Same("a set matches", matches, names.Contains(Name));
            if (_count % 64 == 0)
                Same("the other rules match", string.Join(' ', _rules.Where(rule => rule.Value.Matches(utf8)).Select(rule => rule.Key)), string.Join(' ', _rules.Keys.Where(names.Contains)));
        }
        catch (EventException)
        {
            Same("a set reads an event", null, matches);
        }
        finally
        {
            _set.Remove(Name);
        }
    }

    private static void Explain(EventPattern pattern, string text, bool? matches)
    {
        try
        {
            Explanation explanation = pattern.Explain(text);
            Same("an explanation matches", matches, explanation.Matches);
            Same("its best branch matches", matches, explanation.Best.Matches);
            Same("an explanation has words", true, explanation.ToText(80, color: true).Length > 0);
            using JsonDocument json = JsonDocument.Parse(explanation.ToJson());
            Same("its JSON matches", matches, json.RootElement.GetProperty("matches").GetBoolean());
        }
        catch (EventException)
        {
            Same("an explanation reads an event", null, matches);
        }
    }

    private void Compare(string pattern, string text, bool matches)
    {
        bool expected;
        try
        {
            expected = NaiveMatcher.Matches(pattern, text, choices: 200);
        }
        catch (Exception e) when (e is JsonException or TimeoutException || (e is InvalidOperationException && pattern.Contains("$or", StringComparison.Ordinal)))
        {
            return; // Text after the root object, too many choices, or a field that is called "$or".
        }

        Compared++;
        Same("plain code matches", expected, matches);
    }

    // What the plain matcher knows: short texts in its letters, with numbers that it can write out, and without halves of characters.
    private static bool IsPlain(string text) =>
        text.Length <= 400 && !Beyond().IsMatch(text) && !text.Any(letter => letter > '\u007E' && !"ßÉéǆǅıİ\u212A😀".Contains(letter, StringComparison.Ordinal));

    private static string? TextOf(byte[] utf8)
    {
        try
        {
            return Strict.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static void Same<T>(string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvalidOperationException($"{what}: {expected?.ToString() ?? "nothing"} is expected, not {actual?.ToString() ?? "nothing"}.");
    }

    [GeneratedRegex("""[eE][+-]?[0-9]{4,}|\\u[dD]""")]
    private static partial Regex Beyond();

    // Events have a limit for it, JSON has none.
    [GeneratedRegex("[0-9.eE+-]{1000}")]
    private static partial Regex LongNumber();
}
