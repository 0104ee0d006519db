using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Templates;
using EventBridgeOps.Patterns;
using EventBridgeOps.Patterns.Events;

namespace EventBridgeOps.Events.Rules;

/// <summary>
/// Event patterns, ready to be matched against events. What a pattern of a template leaves to the account and the Region where it is deployed is taken from the event;
/// on what else is not known, the match is uncertain.
/// </summary>
public sealed class RulePatterns
{
    private const int MostPlaces = 256;

    private readonly List<RuleSummary?> _rules = [];
    private readonly Matcher _here = new();
    private readonly List<int> _elsewhere = []; // Patterns that depend on the place.
    private readonly Dictionary<TemplatePlace, Place> _places = [];
    private bool _asksPlace;

    /// <summary>Adds a pattern. Patterns are numbered in the order in which they are added.</summary>
    /// <param name="pattern">The pattern's JSON text.</param>
    /// <param name="rule">Its rule; null if it has none.</param>
    /// <exception cref="PatternException">The pattern is not valid.</exception>
    public void Add(string pattern, RuleSummary? rule = null)
    {
        if (DependsOnPlace(rule, ofPattern: true))
        {
            new Matcher().Add(0, In(rule!, new TemplatePlace("000000000000", "us-east-1")));
            _elsewhere.Add(_rules.Count);
        }
        else if (rule is null)
        {
            _here.Add(_rules.Count, EventPattern.Parse(pattern));
        }
        else
        {
            _here.Add(_rules.Count, rule);
        }

        _asksPlace |= DependsOnPlace(rule, ofPattern: false);
        _rules.Add(rule);
    }

    /// <summary>The patterns that match an event, or may match it, in their order.</summary>
    /// <param name="document">The event.</param>
    /// <exception cref="EventException">The matcher does not accept the event.</exception>
    public IReadOnlyList<PatternMatch> Match(EventDocument document)
    {
        List<PatternMatch> matches = [.. _here.Match(document.Utf8.Span)];
        if (_asksPlace && (matches.Count > 0 || _elsewhere.Count > 0))
        {
            Place place = PlaceOf(document);
            if (_elsewhere.Count > 0)
                matches.AddRange(place.Matcher.Match(document.Utf8.Span));
            matches = matches.ConvertAll(match => match with { Rule = place.Rule(match.Number) });
        }
        else
        {
            matches = matches.ConvertAll(match => match with { Rule = _rules[match.Number] });
        }

        matches.Sort((one, other) => one.Number.CompareTo(other.Number));
        return matches;
    }

    /// <summary>The rule of a pattern, as it is in the account and Region of an event; null if it has none.</summary>
    /// <param name="number">The number of the pattern.</param>
    /// <param name="document">The event.</param>
    public RuleSummary? Rule(int number, EventDocument document) => DependsOnPlace(_rules[number], ofPattern: false) ? PlaceOf(document).Rule(number) : _rules[number];

    private static bool DependsOnPlace(RuleSummary? rule, bool ofPattern) => rule?.Given is not null
        && (rule.UnknownValues.Any(value => TemplatePlace.Has(value.Symbol) && (value.IsOfPattern || !ofPattern))
            || (!ofPattern && rule.Targets.Any(target => target.UnknownValues.Any(value => TemplatePlace.Has(value.Symbol)))));

    private static RuleSummary In(RuleSummary rule, TemplatePlace place)
    {
        RuleSummary placed = rule.Given!.Summarize(place);
        return placed with { EventBusName = rule.EventBusName };
    }

    private Place PlaceOf(EventDocument document)
    {
        TemplatePlace place = Read(document.Utf8.Span);
        if (_places.TryGetValue(place, out Place? known))
            return known;
        if (_places.Count >= MostPlaces)
            _places.Clear();
        known = new Place([.. _rules.Select(rule => place.IsValid && DependsOnPlace(rule, ofPattern: false) ? new Lazy<RuleSummary?>(() => In(rule!, place)) : new Lazy<RuleSummary?>(() => rule))]);
        foreach (int number in _elsewhere)
            known.Matcher.Add(number, known.Rule(number)!);
        return _places[place] = known;
    }

    private static TemplatePlace Read(ReadOnlySpan<byte> utf8)
    {
        string account = "", region = "";
        Utf8JsonReader reader = new(utf8, new JsonReaderOptions { MaxDepth = Documents.Document.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            (bool isAccount, bool isRegion) = (reader.ValueTextEquals("account"), reader.ValueTextEquals("region"));
            reader.Read();
            if (isAccount && reader.TokenType == JsonTokenType.String)
                account = Documents.JsonTexts.Read(ref reader);
            else if (isRegion && reader.TokenType == JsonTokenType.String)
                region = Documents.JsonTexts.Read(ref reader);
            reader.Skip();
        }

        TemplatePlace place = new(account, region);
        return place.IsValid ? place : new TemplatePlace("", "");
    }

    /// <summary>The rules as they are in one account and Region.</summary>
    private sealed class Place(IReadOnlyList<Lazy<RuleSummary?>> rules)
    {
        public Matcher Matcher { get; } = new();

        public RuleSummary? Rule(int number) => rules[number].Value;
    }

    private sealed class Matcher
    {
        private readonly PatternSet _set = new();
        private readonly HashSet<int> _uncertain = [];
        private readonly List<int> _open = []; // Nothing of the pattern is known.

        public void Add(int number, EventPattern pattern) => _set.Add(number.ToString(CultureInfo.InvariantCulture), pattern);

        public void Add(int number, RuleSummary rule)
        {
            if (rule.KnownPattern is { } known)
                Add(number, EventPattern.Parse(known));
            else
                _open.Add(number);
            if (rule.UnknownValues.Any(value => value.IsOfPattern))
                _uncertain.Add(number);
        }

        public IEnumerable<PatternMatch> Match(ReadOnlySpan<byte> utf8) =>
            [.. _set.Match(utf8).Select(key => int.Parse(key, CultureInfo.InvariantCulture)).Concat(_open).Select(number => new PatternMatch(number, !_uncertain.Contains(number), null))];
    }
}

/// <summary>A pattern that matches an event, or may match it.</summary>
/// <param name="Number">The number of the pattern.</param>
/// <param name="IsCertain">Whether it matches whatever its unknown values are.</param>
/// <param name="Rule">Its rule, as it is in the account and Region of the event; null if it has none.</param>
public readonly record struct PatternMatch(int Number, bool IsCertain, RuleSummary? Rule);
