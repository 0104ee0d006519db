using EventBridgeOps.Patterns.Events;
using EventBridgeOps.Patterns.Explaining;
using EventBridgeOps.Patterns.Syntax;

namespace EventBridgeOps.Patterns;

/// <summary>
/// An EventBridge event pattern, ready to be tested against events without the service. It means exactly what it means to
/// EventBridge (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html and the service's own
/// open matcher, aws/event-ruler). Immutable and safe for concurrent use.
/// </summary>
public sealed class EventPattern
{
    private readonly Lazy<PatternSet> _alone;

    private EventPattern(string text, PathTest[][] conjunctions)
    {
        Text = text;
        Conjunctions = conjunctions;
        _alone = new Lazy<PatternSet>(() =>
        {
            PatternSet set = new();
            set.Add("", this);
            return set;
        });
    }

    /// <summary>The text of the pattern as it was given.</summary>
    public string Text { get; }

    /// <summary>One list of paths, in ordinal order, for each combination of <c>$or</c>.</summary>
    internal PathTest[][] Conjunctions { get; }

    /// <summary>A pattern of some of a pattern's tests, all of which must pass; in the ordinal order of their paths.</summary>
    internal static EventPattern Of(params PathTest[] tests) => new("", [tests]);

    /// <summary>Reads a pattern.</summary>
    /// <param name="json">A JSON object; text after its closing brace is ignored.</param>
    /// <exception cref="PatternException">EventBridge would reject it: the first reason, with its place and a hint.</exception>
    public static EventPattern Parse(string json) => Parse(PatternText.From(json));

    /// <summary>Reads a pattern.</summary>
    /// <param name="utf8">A JSON object in UTF-8; text after its closing brace is ignored.</param>
    /// <exception cref="PatternException">EventBridge would reject it: the first reason, with its place and a hint.</exception>
    public static EventPattern Parse(ReadOnlySpan<byte> utf8) => Parse(PatternText.From(utf8));

    /// <summary>Finds everything that is wrong or doubtful in a pattern. An invalid pattern is reported, never thrown.</summary>
    /// <param name="json">The pattern's text.</param>
    public static PatternReport Check(string json) => PatternLint.Check(PatternText.From(json));

    /// <summary>Whether the pattern matches an event.</summary>
    /// <param name="utf8Event">The event, a JSON object in UTF-8; text after its closing brace is ignored.</param>
    /// <exception cref="EventException">The text is not an event.</exception>
    public bool Matches(ReadOnlySpan<byte> utf8Event) => _alone.Value.MatchesAny(utf8Event);

    /// <summary>Whether the pattern matches an event.</summary>
    /// <param name="jsonEvent">The event, a JSON object; text after its closing brace is ignored.</param>
    /// <exception cref="EventException">The text is not an event.</exception>
    public bool Matches(string jsonEvent) => Matches(EventText.ToUtf8(jsonEvent));

    /// <summary>Why the pattern matches an event, or why it does not.</summary>
    /// <param name="jsonEvent">The event, a JSON object.</param>
    /// <exception cref="EventException">The text is not an event.</exception>
    public Explanation Explain(string jsonEvent) => Explainer.Explain(this, EventText.ToUtf8(jsonEvent));

    private static EventPattern Parse(PatternText text)
    {
        try
        {
            return new EventPattern(text.Text, PatternCompiler.Compile(text.Root));
        }
        catch (PatternFault fault)
        {
            throw new PatternException(text.Problem(fault), text.Text);
        }
    }
}
