using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;

namespace EventBridgeOps.PatternTesting;

/// <summary>A case of a case file: a pattern, an event and the expected result.</summary>
/// <param name="Name">The case's name; null when it has none.</param>
/// <param name="Pattern">The pattern's text, whatever it is.</param>
/// <param name="Event">The event's text, whatever it is; null when only the pattern's validity is asked for.</param>
/// <param name="Expect">What should come out; null when nothing is expected.</param>
internal sealed record PatternCase(string? Name, string Pattern, string? Event, PatternOutcome? Expect)
{
    private static readonly PatternOutcome[] Outcomes = [PatternOutcome.Match, PatternOutcome.NoMatch, PatternOutcome.Valid, PatternOutcome.Invalid, PatternOutcome.BadEvent];

    /// <summary>Reads a line.</summary>
    /// <param name="utf8">The line.</param>
    /// <param name="origin">Where it is, for people.</param>
    /// <param name="unknown">Told of members that a case does not have.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidCase"/>: it is not a case.</exception>
    public static PatternCase Parse(ReadOnlySpan<byte> utf8, string origin, Action<string> unknown)
    {
        try
        {
            return Read(utf8, origin, unknown);
        }
        catch (JsonException e)
        {
            throw Invalid(origin, PatternTestingMessages.CaseNotJson(EventDocument.Reason(e)), e);
        }
    }

    public static OpsException Invalid(string origin, Message fault, Exception? inner = null) => new(ErrorIds.InvalidCase, PatternTestingMessages.NotACase(origin, fault), inner);

    private static PatternCase Read(ReadOnlySpan<byte> utf8, string origin, Action<string> unknown)
    {
        // As deep as it likes: events and patterns that are nested without end are what cases are for.
        Utf8JsonReader reader = new(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw Invalid(origin, PatternTestingMessages.CaseNotAnObject());
        string? name = null, pattern = null, document = null, expect = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string member = JsonTexts.Read(ref reader);
            string? value = Value(ref reader, utf8);
            switch (member)
            {
                case "name":
                    name = value;
                    break;
                case "pattern":
                    pattern = value;
                    break;
                case "event":
                    document = value;
                    break;
                case "expect":
                    expect = value;
                    break;
                default:
                    unknown(member);
                    break;
            }
        }

        reader.Read(); // Fails where something follows.
        return new PatternCase(name, pattern ?? throw Invalid(origin, PatternTestingMessages.CaseWithoutPattern()), document, Outcome(expect, origin));
    }

    /// <summary>A member's value: the text in a string, the JSON text of anything else; null is as good as absent.</summary>
    private static string? Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType == JsonTokenType.String)
            return JsonTexts.Read(ref reader);
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return JsonTexts.Decode(utf8.Slice(start, (int)reader.BytesConsumed - start));
    }

    private static PatternOutcome? Outcome(string? expect, string origin)
    {
        if (expect is null)
            return null;
        foreach (PatternOutcome outcome in Outcomes)
        {
            if (PatternVerdict.Text(outcome) == expect)
                return outcome;
        }

        throw Invalid(origin, PatternTestingMessages.InvalidExpectation(expect));
    }
}
